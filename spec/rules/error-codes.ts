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
    let rows: Row[] | undefined;
    return {
      Root(root: Node, ctx: RuleContext) {
        if (!root["x-aps-error-codes"]) return;
        const catalogue = ctx.resolve(root["x-aps-error-codes"]);
        rows = Array.isArray(catalogue.node) ? catalogue.node : [];
        const sources = ctx.resolve(root["x-aps-sources"] ?? {}).node ?? {};
        const seen = new Set<string>();
        for (const { code, status, source } of rows ?? []) {
          if (seen.has(`${code} ${status}`)) {
            ctx.report({ message: `Merge the rows of ${code} with status ${status}.` });
          }
          if (!(source in sources)) {
            ctx.report({ message: `The row of ${code} has a source "${source}" that sources.yaml lacks.` });
          }
          seen.add(`${code} ${status}`);
        }
      },
      Operation(operation: Node, ctx: RuleContext) {
        if (!rows) return;
        for (const [status, reference] of Object.entries(operation.responses ?? {})) {
          const response = ctx.resolve(reference).node;
          for (const example of Object.values(response?.content?.["application/json"]?.examples ?? {})) {
            const code = (ctx.resolve(example).node as Node)?.value?.error_code;
            if (Number(status) < 400 || !code) continue;
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
