import { UsageError } from "../arguments/usage-error.ts";
import { permissions } from "../generated/permissions.ts";
import { printResult } from "../output/print.ts";
import { namesIn, operationsOf } from "../policy/operations.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps policy <operation>...`: prints the least IAM identity policy. It is JSON in either format. */
export async function policy(context: Context): Promise<number> {
  const { given } = context;
  if (given.positionals.length === 0) throw new UsageError("<operation> is required.");
  const names = namesIn(given.positionals);
  const operationIds = [...new Set(names.flatMap(operationsOf))];
  const unknown = operationIds.filter((id) => actionOf(id) === undefined);
  // Whoever names a single operation wants to know nothing else.
  if (unknown.length > 0 && unknown.length === operationIds.length)
    throw new UsageError(`The permission that ${unknown.join(", ")} needs is not known.`);
  if (unknown.length > 0) context.log.note(`The permissions that these need are not known: ${unknown.join(", ")}.`);
  const actions = operationIds.flatMap((id) => {
    const action = actionOf(id);
    return action === undefined ? [] : [action, ...(permissions[id]?.dependencies ?? [])];
  });
  const document = {
    Version: "5.0",
    Statement: [{ Effect: "Allow", Action: [...new Set(actions)].sort() }],
  };
  await printResult(context, { document, columns: [], lines: () => [JSON.stringify(document, null, 2)] });
  return exitCode.done;
}

/** What a policy calls the permission of an operation; undefined where the vendor does not name it. */
function actionOf(operationId: string): string | undefined {
  const { action = "unknown" } = permissions[operationId] ?? {};
  return action === "unknown" ? undefined : action;
}
