import { UsageError } from "../arguments/usage-error.ts";
import { permissions } from "../generated/permissions.ts";
import { printResult } from "../output/print.ts";
import { namesIn, operationsOf } from "../policy/operations.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps policy <operation>...`: prints the least IAM identity policy. It is JSON in either format. */
export async function policy(context: Context): Promise<number> {
  const { given, info } = context;
  if (given.positionals.length === 0) throw new UsageError("<operation> is required.", info.words);
  const operationIds = new Set(namesIn(given.positionals).flatMap(operationsOf));
  const actions = [...operationIds].flatMap((id) => {
    const { action, dependencies } = permissionOf(id);
    return [action, ...dependencies];
  });
  const document = {
    Version: "5.0",
    Statement: [{ Effect: "Allow", Action: [...new Set(actions)].sort() }],
  };
  await printResult(context, { document, columns: [], lines: () => [JSON.stringify(document, null, 2)] });
  return exitCode.done;
}

function permissionOf(operationId: string) {
  const permission = permissions[operationId];
  if (permission === undefined || permission.action === "unknown") {
    throw new UsageError(`The permission that ${operationId} needs is not known.`, "policy");
  }
  return permission;
}
