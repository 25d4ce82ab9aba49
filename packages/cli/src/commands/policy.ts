import { notOne } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { commands } from "../generated/commands.ts";
import { job } from "../generated/job.ts";
import { permissions } from "../generated/permissions.ts";
import { printJson } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** The operation that waiting for a job calls. */
const waiting = [job.show.operationId];

/** What tasks call beyond one operation: to wait, and to find a job whose answer was lost. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  "image create": ["RecreateServerImage", ...waiting, job.subJobs.list.operationId, "ShowImageServer"],
  "image wait": waiting,
  "job wait": waiting,
};

/** `aps policy <operation>...`: prints the least IAM identity policy. It is JSON in either format. */
export async function policy({ given, host, info }: Context): Promise<number> {
  if (given.positionals.length === 0) throw new UsageError("<operation> is required.", info.words);
  const operationIds = new Set(namesIn(given.positionals).flatMap(operationsOf));
  const actions = [...operationIds].flatMap((id) => {
    const { action, dependencies } = permissionOf(id);
    return [action, ...dependencies];
  });
  printJson(host, {
    Version: "5.0",
    Statement: [{ Effect: "Allow", Action: [...new Set(actions)].sort() }],
  });
  return exitCode.done;
}

const commandNames = [...Object.keys(alsoCalled), ...commands.map(({ words }) => words.join(" "))];

/** The names that were typed. A command may be typed in two words, as it is everywhere else. */
function namesIn(words: readonly string[]): string[] {
  const [first, second, ...rest] = words;
  if (first === undefined) return [];
  const isNoun = second !== undefined && commandNames.some((name) => name.startsWith(`${first} `));
  return isNoun ? [`${first} ${second}`, ...namesIn(rest)] : [first, ...namesIn(words.slice(1))];
}

function operationsOf(name: string): readonly string[] {
  const task = alsoCalled[name];
  if (task !== undefined) return task;
  const wanted = name.toLowerCase();
  const found = commands.find(
    ({ operationId, words }) => operationId.toLowerCase() === wanted || words.join(" ") === name,
  );
  if (found === undefined)
    throw new UsageError(
      notOne("<operation>", name, [...Object.keys(permissions), ...new Set(commandNames)]),
      "policy",
    );
  // Whoever names a command may wait for its job; whoever names an operation has said what is wanted.
  return [found.operationId, ...(found.startsJob && found.words.join(" ") === name ? waiting : [])];
}

function permissionOf(operationId: string) {
  const permission = permissions[operationId];
  if (permission === undefined || permission.action === "unknown") {
    throw new UsageError(`The permission that ${operationId} needs is not known.`, "policy");
  }
  return permission;
}
