import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";

/**
 * Every operation documents the statuses of failure that its callers meet, each with the response that all share.
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
    const shared = new Map<string, string>();
    return {
      Operation(operation: Node, ctx: RuleContext) {
        const wanted = new Set([
          ...always,
          ...(operation.requestBody ? withBody : []),
          ...statuses(further[operation.operationId]),
        ]);
        const responses = Object.entries<Node>(operation.responses ?? {}).filter(
          ([status]) => !/^[123]\d\d$/.test(status),
        );
        const at = (status: string) => ctx.location.child(["responses", status]).key();
        for (const status of wanted) {
          if (operation.responses?.[status]) continue;
          const message = `Document status ${status} with a $ref to the shared response.`;
          ctx.report({ message, location: ctx.location.child("responses").key() });
        }
        for (const [status, response] of responses) {
          const first = shared.get(status) ?? nameOf(response);
          if (!wanted.has(status)) {
            const message = `Status ${status} is not documented for this operation. Remove it, or list it in redocly.yaml.`;
            ctx.report({ message, location: at(status) });
          } else if (first === undefined) {
            ctx.report({
              message: `Replace the response of ${status} by a $ref to the shared one.`,
              location: at(status),
            });
          } else if (nameOf(response) !== first) {
            ctx.report({ message: `Refer to ${first}, as other operations do for ${status}.`, location: at(status) });
          }
          if (first !== undefined) shared.set(status, first);
        }
      },
    };
  },
};

function statuses(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The name of the component that a response refers to, in the tree or in the bundle. */
function nameOf(response: Node): string | undefined {
  return /([^/]+?)(?:\.yaml)?$/.exec(response?.$ref ?? "")?.[1];
}
