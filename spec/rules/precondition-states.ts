import { componentAt } from "./component.ts";
import { follow, type Placed } from "./follow.ts";
import type { HouseRule, Location, Node, Options, RuleContext } from "./house-rule.ts";
import { enumOf } from "./schema-at.ts";

interface Use {
  /** Name of the schema that has the states. */
  readonly schema: string;
  readonly state: string;
  readonly location: Location;
}

/** What a job leaves behind that is no state. */
const GONE = "gone";

/**
 * The states in preconditions, and those of servers in the description of jobs, are states that the resource has.
 *
 * Options: for each kind of resource in `x-aps-preconditions`, the name of the schema with its states. `jobs`, the same for
 * the servers of each family of jobs.
 */
export const preconditionStates: HouseRule = {
  id: "precondition-states",
  reason: "A precondition with a misspelt state refuses every call.",
  create: (options: Options) => {
    const states = new Map<string, string[]>();
    const uses: Use[] = [];
    return {
      Schema(schema: Node, ctx: RuleContext) {
        const name = componentAt(ctx.location)?.name;
        if (name) states.set(name, enumOf(schema));
      },
      Operation(operation: Node, ctx: RuleContext) {
        for (const [kind, list] of Object.entries<string[]>(operation["x-aps-preconditions"] ?? {})) {
          const location = ctx.location.child(["x-aps-preconditions", kind]);
          for (const state of list) uses.push({ schema: String(options[kind]), state, location });
        }
      },
      Root: {
        leave(root: Node, ctx: RuleContext) {
          const { node: families, location } = follow(root["x-aps-job"], ctx.location.child("x-aps-job"), ctx);
          for (const [family, job] of Object.entries<Node>(families ?? {})) {
            const schema = String((options.jobs as Record<string, string>)?.[family]);
            uses.push(...serverStatesOf({ node: job, location: location.child(family) }, schema));
          }
          for (const { schema, state, location } of uses) {
            if (states.get(schema)?.includes(state)) continue;
            ctx.report({ message: `${state} is no state of ${schema}. Correct it.`, location });
          }
        },
      },
    };
  },
};

function serverStatesOf({ node: job, location }: Placed, schema: string): Use[] {
  return Object.entries<Node>(job?.kinds ?? {}).flatMap(([type, { server = {} }]) => {
    const states: string[] = [...(server.allowed ?? []), server.during, server.after, server.failed];
    const at = location.child(["kinds", type, "server"]);
    return states.filter((state) => state && state !== GONE).map((state) => ({ schema, state, location: at }));
  });
}
