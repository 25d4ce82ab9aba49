import { componentAt } from "./component.ts";
import type { HouseRule, Location, Node, Options, RuleContext } from "./house-rule.ts";
import { enumOf } from "./schema-at.ts";

/**
 * The states in preconditions are states that the resource has.
 *
 * Options: for each kind of resource in `x-aps-preconditions`, the name of the schema with its states.
 */
export const preconditionStates: HouseRule = {
  id: "precondition-states",
  reason: "A precondition with a misspelt state refuses every call.",
  create: (options: Options) => {
    const states = new Map<string, string[]>();
    const uses: { kind: string; state: string; location: Location }[] = [];
    return {
      Schema(schema: Node, ctx: RuleContext) {
        const name = componentAt(ctx.location)?.name;
        if (name) states.set(name, enumOf(schema));
      },
      Operation(operation: Node, ctx: RuleContext) {
        for (const [kind, list] of Object.entries<string[]>(operation["x-aps-preconditions"] ?? {})) {
          const location = ctx.location.child(["x-aps-preconditions", kind]);
          for (const state of list) uses.push({ kind, state, location });
        }
      },
      Root: {
        leave(_: Node, ctx: RuleContext) {
          for (const { kind, state, location } of uses) {
            const schema = String(options[kind]);
            if (states.get(schema)?.includes(state)) continue;
            ctx.report({ message: `${state} is no state of ${schema}. Correct it.`, location });
          }
        },
      },
    };
  },
};
