import { follow, type Placed } from "./follow.ts";
import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

interface Row {
  readonly code: string;
  readonly status: number | "unknown";
  readonly source: string;
}

/** The catalogue of error codes has one row for each code and status, and knows the codes of all examples. */
export const errorCodes: HouseRule = {
  id: "error-codes",
  reason: "Clients look a row up by code and status; two rows or none would be a wrong answer.",
  create: () => {
    let rows: readonly Row[] | undefined;
    return {
      Root(root: Node, ctx: RuleContext) {
        if (!root["x-aps-error-codes"]) return;
        const catalogue = follow(root["x-aps-error-codes"], ctx.location.child("x-aps-error-codes"), ctx);
        rows = Array.isArray(catalogue.node) ? catalogue.node : [];
        checkRows(catalogue, ctx.resolve(root["x-aps-sources"] ?? {}).node ?? {}, ctx);
      },
      Operation(operation: Node, ctx: RuleContext) {
        if (!rows) return;
        for (const [status, reference] of Object.entries(operation.responses ?? {})) {
          if (Number(status) < 400) continue;
          for (const code of codesIn(reference, ctx)) {
            if (rows.some((row) => row.code === code && String(row.status) === status)) continue;
            ctx.report({
              message: `The catalogue has no row for ${code} with status ${status}. Add it to error-codes.yaml.`,
              location: ctx.location.child(["responses", status]).key(),
            });
          }
        }
      },
    };
  },
};

function checkRows({ node: rows, location }: Placed, sources: Node, ctx: RuleContext): void {
  const seen = new Set<string>();
  for (const [index, { code, status, source }] of (rows as Row[]).entries()) {
    const at = location.child(index);
    if (seen.has(`${code} ${status}`)) {
      ctx.report({ message: `Merge the rows of ${code} with status ${status}.`, location: at });
    }
    if (!(source in sources)) {
      ctx.report({ message: `The row of ${code} has a source "${source}" that sources.yaml lacks.`, location: at });
    }
    seen.add(`${code} ${status}`);
  }
}

/** The codes in the examples of a response. */
function codesIn(reference: Node, ctx: RuleContext): string[] {
  const response = follow(reference, ctx.location, ctx);
  const examples = Object.values<Node>(response.node?.content?.["application/json"]?.examples ?? {});
  return examples.map((one) => follow(one, response.location, ctx).node?.value?.error_code).filter(Boolean);
}
