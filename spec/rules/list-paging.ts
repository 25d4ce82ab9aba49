import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";
import { answerOf, schemaAt } from "./schema-at.ts";

/**
 * Every operation that lists has paging parameters with bounds, or says why it has none.
 *
 * An operation lists when it is called so, or when it answers with `items`. Option `pairs`: the pairs of parameter names
 * that page, such as `[[offset, limit]]`.
 */
export const listPaging: HouseRule = {
  id: "list-paging",
  reason: "A list without bounds grows until a caller breaks.",
  create: (options: Options) => {
    const pairs = (options.pairs ?? [["offset", "limit"]]) as string[][];
    return {
      Operation(operation: Node, ctx: RuleContext) {
        if (!lists(operation, ctx)) return;
        const parameters = ((operation.parameters ?? []) as Node[]).map((one) => ctx.resolve(one));
        const pair = pairs.find((names) => names.every((name) => parameters.some(({ node }) => node?.name === name)));
        const location = ctx.location.child("operationId");
        if (!pair && !operation["x-aps-unpaged"]) {
          const message = "Add paging parameters, or x-aps-unpaged with the reason why there are none.";
          ctx.report({ message, location });
        }
        if (pair && operation["x-aps-unpaged"]) {
          ctx.report({ message: "Remove x-aps-unpaged: the operation has paging parameters.", location });
        }
        for (const { node, location: at } of parameters) {
          if (!pair?.includes(node?.name) || isBounded(ctx.resolve(node.schema, at?.source.absoluteRef).node)) continue;
          ctx.report({ message: `Make the parameter ${node.name} an integer with a minimum and a maximum.`, location });
        }
      },
    };
  },
};

function lists(operation: Node, ctx: RuleContext): boolean {
  if (/List/.test(operation.operationId ?? "")) return true;
  const answer = answerOf(operation, ctx.location.source.absoluteRef, ctx);
  return answer !== undefined && (answer.schema?.type === "array" || schemaAt(answer, "/items", ctx) !== undefined);
}

function isBounded(schema: Node): boolean {
  return schema?.type === "integer" && typeof schema.minimum === "number" && typeof schema.maximum === "number";
}
