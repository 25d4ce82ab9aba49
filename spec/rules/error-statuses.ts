import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";

/**
 * Every operation documents the statuses of failure that its callers meet.
 *
 * Options: `always`, statuses of every operation. `withBody`, those of operations with a request body.
 * `operations`, further ones by operation id; a status that is listed for some operations is refused in the others.
 */
export const errorStatuses: HouseRule = {
  id: "error-statuses",
  reason: "A status that is left out of one operation looks as if it could not happen there.",
  create: (options: Options) => {
    const always = statuses(options.always);
    const withBody = statuses(options.withBody);
    const further = (options.operations ?? {}) as Record<string, unknown>;
    return {
      Operation(operation: Node, ctx: RuleContext) {
        const wanted = new Set([
          ...always,
          ...(operation.requestBody ? withBody : []),
          ...statuses(further[operation.operationId]),
        ]);
        const documented = Object.keys(operation.responses ?? {}).filter((status) => Number(status) >= 400);
        const location = ctx.location.child("responses").key();
        for (const status of wanted) {
          if (!documented.includes(status)) {
            ctx.report({ message: `Document status ${status} with a $ref to the shared response.`, location });
          }
        }
        for (const status of documented) {
          if (!wanted.has(status)) {
            ctx.report({
              message: `Status ${status} is not documented for this operation. Remove it, or list it in redocly.yaml.`,
              location: ctx.location.child(["responses", status]).key(),
            });
          }
        }
      },
    };
  },
};

function statuses(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
