import { rolloutOperations } from "@workspace-aps/client";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { commands } from "../generated/commands.ts";
import { job } from "../generated/job.ts";
import { permissions } from "../generated/permissions.ts";

/** The operation that waiting for a job calls. */
const waiting = [job.show.operationId];

const making = ["RecreateServerImage", ...waiting, job.subJobs.list.operationId, "ShowImageServer"];
const rollingOut = [...Object.values(rolloutOperations).map(({ id }) => id), "ListImages"];
const pruning = ["ListServerGroups", "ListServers", "ListImageServers", "ListImages", "GlanceDeleteImage"];

/** What tasks call beyond one operation: to wait, and to find a job whose answer was lost. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  "image create": making,
  "image wait": waiting,
  "image show": ["ListImages"],
  // Who uses the image is shown to whoever may know it, so the lists of users are not needed.
  "image delete": ["GlanceDeleteImage", "ListImages"],
  "image prune": pruning,
  "job wait": waiting,
  "pipeline run": [...new Set([...making, ...rollingOut, ...pruning])],
  "rollout plan": rollingOut,
  "rollout start": rollingOut,
  "rollout resume": rollingOut,
  "rollout back": rollingOut,
};

const commandNames = [...Object.keys(alsoCalled), ...commands.map(({ words }) => words.join(" "))];

/** The names that were typed. A command may be typed in two words, as it is everywhere else. */
export function namesIn(words: readonly string[]): string[] {
  const [first, second, ...rest] = words;
  if (first === undefined) return [];
  const isNoun = second !== undefined && commandNames.some((name) => name.startsWith(`${first} `));
  return isNoun ? [`${first} ${second}`, ...namesIn(rest)] : [first, ...namesIn(words.slice(1))];
}

/** The operations that an operation or a command calls. */
export function operationsOf(name: string): readonly string[] {
  const task = alsoCalled[name];
  if (task !== undefined) return task;
  const wanted = name.toLowerCase();
  const found = commands.find(
    ({ operationId, words }) => operationId.toLowerCase() === wanted || words.join(" ") === name,
  );
  if (found === undefined)
    throw new UsageError(
      `${JSON.stringify(name)} is neither an operation nor a command.${suggestion(name, [...Object.keys(permissions), ...commandNames])} Such as RecreateServerImage, or "image create"; aps --help lists the commands.`,
    );
  // Whoever names a command may wait for its job; whoever names an operation has said what is wanted.
  return [found.operationId, ...(found.startsJob && found.words.join(" ") === name ? waiting : [])];
}
