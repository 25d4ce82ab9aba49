import type { FullClient } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { Images } from "./images.ts";
import type { FleetHeader } from "./journal-file.ts";

/**
 * Makes the header of a new journal, or checks that the one that was found is of this list and this project.
 *
 * @param options whether the journal may lack images of the list, which were there already; what ends the look-up of the project.
 * @throws UsageError when it is of another, or there is nothing to begin with.
 */
export async function headerOf(
  client: FullClient,
  images: Pick<Images, "at"> | undefined,
  found: FleetHeader | undefined,
  path: string,
  { mayLack = false, signal }: { mayLack?: boolean; signal?: AbortSignal } = {},
): Promise<FleetHeader> {
  const projectId = await client.projectId({ signal });
  const { endpoint, now } = client.settings;
  if (found === undefined) {
    if (images === undefined) throw new UsageError(`--journal: ${path} is empty, so there is nothing to resume.`);
    const atMs = now();
    return {
      type: "fleet",
      version: 1,
      at: new Date(atMs).toISOString(),
      endpoint,
      projectId,
      images: images.at(atMs),
    };
  }
  if (found.endpoint !== endpoint || found.projectId !== projectId) {
    throw new UsageError(
      `--journal: ${path} is of project ${found.projectId} at ${found.endpoint}, and this is project ${projectId} at ${endpoint}. Nothing was sent.`,
    );
  }
  // A name with the date in it keeps the date of its first run.
  const given = images?.at(Date.parse(found.at)).map((image) => JSON.stringify(image));
  const had = found.images.map((image) => JSON.stringify(image));
  const isOther = given?.join() !== had.join() && !(mayLack && had.every((image) => given?.includes(image)));
  if (given !== undefined && isOther) {
    throw new UsageError(`--journal: ${path} was begun with another list. Leave --from out to go on with that one.`);
  }
  return found;
}
