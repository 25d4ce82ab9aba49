import {
  imageOperations,
  pruneOperations,
  rolloutImageOperations,
  rolloutOperations,
  serverJobOperations,
} from "@workspace-aps/client";
import { glanceDeleteImage, listImages } from "@workspace-aps/client/ims";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { commands } from "../generated/commands.ts";
import { job } from "../generated/job.ts";
import { permissions } from "../generated/permissions.ts";

/** Whether there is an image of the name is looked for as well. */
const making = [...idsOf(imageOperations), listImages.id];
const rollingOut = idsOf({ ...rolloutOperations, ...rolloutImageOperations });
const pruning = idsOf(pruneOperations);
/** What waiting for a job calls, by the family of the job. */
const waiting = { image: [job.show.operationId], server: idsOf(serverJobOperations) };

/** What tasks call beyond one operation: to wait, and to find a job whose answer was lost. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  "image create": making,
  "image wait": waiting.image,
  "image show": [listImages.id],
  // Who uses the image is shown to whoever may know it, so the lists of users are not needed.
  "image delete": [glanceDeleteImage.id, listImages.id],
  "image prune": pruning,
  "job wait": waiting.image,
  "pipeline run": [...new Set([...making, ...rollingOut, ...pruning])],
  "rollout plan": rollingOut,
  "rollout start": rollingOut,
  "rollout resume": rollingOut,
  "rollout back": rollingOut,
  "server-job wait": waiting.server,
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
  const isCommand = found.words.join(" ") === name;
  return [
    found.operationId,
    ...(found.startsJob && isCommand ? waiting.image : []),
    ...(found.serverJobKind !== undefined && isCommand ? waiting.server : []),
  ];
}

function idsOf(operations: Readonly<Record<string, { readonly id: string }>>): readonly string[] {
  return Object.values(operations).map(({ id }) => id);
}
