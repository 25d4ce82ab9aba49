import { notOne } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { commands } from "../generated/commands.ts";
import { job } from "../generated/job.ts";
import { permissions } from "../generated/permissions.ts";
import { printJson } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** What tasks call beyond their own operation: to wait, and to find a job whose answer was lost. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  "image create": ["RecreateServerImage", job.show.operationId, job.subJobs.list.operationId, "ShowImageServer"],
  "image wait": [job.show.operationId],
};

/** `aps policy <operation>...`: prints the least IAM identity policy. It is JSON in either format. */
export async function policy({ given, streams, info }: Context): Promise<number> {
  if (given.positionals.length === 0) throw new UsageError("<operation> is required.", info.words);
  const operationIds = new Set(given.positionals.flatMap(operationsOf));
  const actions = [...operationIds].flatMap((id) => {
    const { action, dependencies } = permissionOf(id);
    return [action, ...dependencies];
  });
  printJson(streams, {
    Version: "5.0",
    Statement: [{ Effect: "Allow", Action: [...new Set(actions)].sort() }],
  });
  return exitCode.done;
}

function operationsOf(name: string): readonly string[] {
  const task = alsoCalled[name];
  if (task !== undefined) return task;
  const wanted = name.toLowerCase();
  const found = commands.find(
    ({ operationId, words }) => operationId.toLowerCase() === wanted || words.join(" ") === name,
  );
  if (found !== undefined) return [found.operationId];
  throw new UsageError(
    notOne("<operation>", name, [...Object.keys(permissions), ...commands.map(({ words }) => words.join(" "))]),
    "policy",
  );
}

function permissionOf(operationId: string) {
  const permission = permissions[operationId];
  if (permission === undefined || permission.action === "unknown") {
    throw new UsageError(`The permission that ${operationId} needs is not known.`, "policy");
  }
  return permission;
}
