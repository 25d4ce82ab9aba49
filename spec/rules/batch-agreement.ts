import type { HouseRule, Node, RuleContext } from "./house-rule.ts";
import { answerOf, itemsOf, type PlacedSchema, resolved, schemaAt } from "./schema-at.ts";

/**
 * An operation that takes several ids says so with `x-aps-batch`, which agrees with its request and its answer.
 *
 * Wanted where the name starts with Batch and the request has a list of texts, and where a call that changes something
 * answers items with an error code of their own.
 */
export const batchAgreement: HouseRule = {
  id: "batch-agreement",
  reason: "A success that holds failures is taken for a success by every caller that is not told where to look.",
  create: () => ({
    Operation(operation: Node, ctx: RuleContext) {
      const file = ctx.location.source.absoluteRef;
      const batch = operation["x-aps-batch"];
      const body = bodyOf(operation, file, ctx);
      const answer = answerOf(operation, file, ctx);
      const item = answer && itemAt(answer, "/items", ctx);
      const say = (message: string) =>
        ctx.report({
          message,
          location: batch ? ctx.location.child("x-aps-batch") : ctx.location.child("operationId"),
        });
      const holdsFailures =
        operation.requestBody !== undefined && item !== undefined && schemaAt(item, "/error_code", ctx) !== undefined;
      if (!batch) {
        const takesIds = /^Batch/.test(operation.operationId ?? "") && listsTexts(body, ctx);
        if (takesIds || holdsFailures) say("Add x-aps-batch, which says where the ids are and what becomes of each.");
        return;
      }
      const ids = body && schemaAt(body, batch.ids, ctx);
      if (!isTexts(ids, ctx)) say(`x-aps-batch names ${batch.ids}, which is no list of ids in the request.`);
      else if (typeof ids?.schema.maxItems !== "number") say(`Add maxItems to ${batch.ids}. It is the largest batch.`);
      if (!batch.answers) {
        if (holdsFailures) say("Add answers to x-aps-batch: an item of the answer may be a failure.");
        return;
      }
      const { items, ...parts } = batch.answers as Record<string, string>;
      const one = answer && itemAt(answer, String(items), ctx);
      if (!one) say(`x-aps-batch names ${items}, which is no list in the answer.`);
      for (const pointer of one ? Object.values(parts) : []) {
        if (!schemaAt(one as PlacedSchema, pointer, ctx))
          say(`x-aps-batch names ${pointer}, which no item of the answer has.`);
      }
    },
  }),
};

function bodyOf(operation: Node, file: string, ctx: RuleContext): PlacedSchema | undefined {
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  return schema ? resolved({ schema, file }, ctx) : undefined;
}

function itemAt(start: PlacedSchema, pointer: string, ctx: RuleContext): PlacedSchema | undefined {
  const list = schemaAt(start, pointer, ctx);
  return list && itemsOf(list, ctx);
}

function isTexts(list: PlacedSchema | undefined, ctx: RuleContext): boolean {
  return list?.schema?.type === "array" && itemsOf(list, ctx)?.schema?.type === "string";
}

/** Whether a property of the request is a list of texts. */
function listsTexts(body: PlacedSchema | undefined, ctx: RuleContext): boolean {
  const names = Object.keys(body?.schema?.properties ?? {});
  return body !== undefined && names.some((name) => isTexts(schemaAt(body, `/${name}`, ctx), ctx));
}
