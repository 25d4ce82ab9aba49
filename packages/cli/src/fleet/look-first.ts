import { ApiError, CredentialsError, type FleetImage, type FullClient } from "@workspace-aps/client";
import { recreateServerImage } from "@workspace-aps/client/operations";
import { UsageError } from "../arguments/usage-error.ts";
import { job } from "../generated/job.ts";
import { ImageServiceError } from "../image-service/image-service-error.ts";
import { imagesNamed } from "../image-service/images-named.ts";
import type { Context } from "../program/context.ts";

/**
 * Sends one request before many: a wrong key is refused once, and not once in every lane, because the gateway locks a key
 * after a few wrong signatures in a row.
 *
 * @throws ApiError or CredentialsError when the key is not accepted.
 */
export async function probe(client: FullClient, images: readonly FleetImage[], signal: AbortSignal): Promise<void> {
  const [first] = images;
  if (first === undefined) return;
  try {
    await client.showImageServer({ path: { server_id: first.serverId } }, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CredentialsError || (error instanceof ApiError && error.status === 401)) throw error;
    // Whatever else is wrong is found out again, and told of the image that it concerns.
  }
}

/** How many looks are under way at the same time. */
const lanes = 10;

/**
 * `--check`: looks whether every server is there and in a state from which an image can be made, and whether the list
 * may be read in which a lost request is looked for. Nothing is changed.
 *
 * @param known whether the image service was asked for the names before, so that it need not be asked again.
 * @throws UsageError that names all that is wrong.
 */
export async function checkFirst(
  context: Context,
  client: FullClient,
  images: readonly FleetImage[],
  { areNamesFree }: { areNamesFree: boolean },
): Promise<void> {
  const { interruption, log } = context;
  const { signal } = interruption;
  const { allowed } = job.kinds.CREATE_SERVER_IMAGE.server;
  const problems: string[] = [];
  const queue = images.entries();
  const lane = async () => {
    for (const [index, { serverId, name }] of queue) {
      const problem = await problemOf(client, serverId, allowed, signal);
      if (problem !== undefined) problems[index] = `${name} (server ${serverId}): ${problem}`;
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, images.length) }, lane));
  const denied: string[] = [];
  await client.listImageSubJobs({ query: { job_type: "", limit: 1 } }, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    const { operationId, permission = "unknown permission" } = error;
    denied.push(`${operationId} is not allowed (${permission}): aps policy "image create"`);
  });
  const mayRepeat = context.given.texts.get("if-exists")?.[0] === "make";
  const names = areNamesFree || mayRepeat ? [] : await takenNames(context, client, images);
  const found = [...names, ...problems.filter(Boolean), ...denied];
  if (found.length > 0)
    throw new UsageError([`--check: ${found.length} found. Nothing was started.`, ...found].join("\n"));
  log.note(
    `--check: all ${images.length} servers are there and ready. Whether ${recreateServerImage.id} is allowed shows when it is sent.`,
  );
}

/** Names that the image service has. Whoever may not ask it hears so, and of nothing else. */
async function takenNames(context: Context, client: FullClient, images: readonly FleetImage[]): Promise<string[]> {
  const names = images.map(({ name }) => name);
  try {
    const taken = await imagesNamed(context, client, names);
    return [...taken].map(([name, id]) => `${name}: there is an image of this name, ${id}`);
  } catch (error) {
    if (!(error instanceof ImageServiceError)) throw error;
    context.log.note(`--check: whether names are free is not known. ${error.message}`);
    return [];
  }
}

async function problemOf(
  client: FullClient,
  serverId: string,
  allowed: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { status } = await client.showImageServer({ path: { server_id: serverId } }, { signal });
    return allowed.includes(String(status)) ? undefined : `is ${status}, and must be ${allowed.join(" or ")}`;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApiError && error.status === 404) return "does not exist";
    if (error instanceof ApiError && error.status === 403) return "may not be looked at (403)";
    throw error;
  }
}
