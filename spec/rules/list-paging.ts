import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";

/**
 * Every operation that lists has paging parameters with bounds, or says why it has none.
 *
 * Option `pairs`: the pairs of parameter names that page, such as `[[offset, limit]]`.
 */
export const listPaging: HouseRule = {
  id: "list-paging",
  reason: "A list without bounds grows until a caller breaks.",
  create: (options: Options) => {
    const pairs = (options.pairs ?? [["offset", "limit"]]) as string[][];
    return {
      Operation(operation: Node, ctx: RuleContext) {
        if (!/List/.test(operation.operationId ?? "")) return;
        const parameters = ((operation.parameters ?? []) as Node[]).map((one) => ctx.resolve(one).node);
        const pair = pairs.find((names) => names.every((name) => parameters.some((one) => one?.name === name)));
        const location = ctx.location.child("operationId");
        if (!pair) {
          if (operation["x-aps-unpaged"]) return;
          ctx.report({
            message: "Add paging parameters, or x-aps-unpaged with the reason why there are none.",
            location,
          });
          return;
        }
        if (operation["x-aps-unpaged"]) {
          ctx.report({ message: "Remove x-aps-unpaged: the operation has paging parameters.", location });
        }
        for (const name of pair) {
          const schema = ctx.resolve(parameters.find((one) => one.name === name).schema).node;
          if (typeof schema?.minimum === "number" && typeof schema?.maximum === "number") continue;
          ctx.report({ message: `Give the parameter ${name} a minimum and a maximum.`, location });
        }
      },
    };
  },
};
