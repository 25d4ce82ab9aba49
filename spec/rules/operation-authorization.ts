import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** Every operation says which permission it needs. */
export const operationAuthorization: HouseRule = {
  id: "operation-authorization",
  reason: "A caller must be able to ask for exactly the permissions that are needed.",
  create: () => ({
    Operation(operation: Node, ctx: RuleContext) {
      if (operation["x-aps-authorization"]) return;
      ctx.report({
        message: "Add x-aps-authorization to the operation, with `unknown` for what no source says.",
        location: ctx.location.key(),
      });
    },
  }),
};
