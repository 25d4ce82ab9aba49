import { ValidationError } from "../../errors/validation-error.ts";
import { recreateServerImage } from "../../generated/operations.ts";
import type { Issue } from "../../validation/issue.ts";
import { validate } from "../../validation/validate.ts";
import type { FleetState, ImageDetails } from "./journal.ts";
import type { FleetImage } from "./outcome.ts";

/**
 * Refuses images that could not be made, all at once and before anything is sent.
 *
 * @throws ValidationError with the position of the image in every pointer.
 * @throws TypeError when a server or a name occurs twice, or the journal is of other images: of other servers, names or
 *   details.
 */
export function checkImages(images: readonly FleetImage[], states: ReadonlyMap<string, FleetState> = new Map()): void {
  const issues = images.flatMap(issuesOf);
  if (issues.length > 0) throw new ValidationError(recreateServerImage.id, issues);
  const serverIds = images.map(({ serverId }) => serverId);
  refuseTwice(serverIds, "server");
  const names = images.map(({ name }) => name);
  refuseTwice(names, "name");
  const known = new Map(images.map((image) => [image.serverId, image]));
  for (const [serverId, state] of states) {
    const image = known.get(serverId);
    if (image === undefined)
      throw new TypeError(`createImages: the journal names server ${serverId}, the images do not.`);
    // What was refused may be asked for otherwise.
    if (state.step !== "nothing") refuseOther(image, state);
  }
}

/** What the journal says of an image must be of this very image: another would be taken for made, and never be sent. */
function refuseOther(image: FleetImage, { step, name, details }: FleetState): void {
  const wanted = { description: image.description, executeSysprep: image.executeSysprep };
  const isOther = details !== undefined && JSON.stringify(wanted) !== JSON.stringify(sorted(details));
  if (name === image.name && !isOther) return;
  const has = `has an image ${JSON.stringify(name)} of server ${image.serverId} as ${JSON.stringify(step)}`;
  const what = name === image.name ? "with another description or Sysprep" : `named ${JSON.stringify(image.name)}`;
  throw new TypeError(`createImages: the journal ${has}; given is one ${what}. Use a journal of its own for it.`);
}

function sorted({ description, executeSysprep }: ImageDetails): ImageDetails {
  return { description, executeSysprep };
}

function issuesOf({ serverId, name, description, executeSysprep }: FleetImage, index: number): Issue[] {
  const body = { name, description, execute_sysprep: executeSysprep };
  try {
    validate(recreateServerImage, { path: { project_id: "unknown", server_id: serverId }, body });
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.issues.map((issue) => ({
      ...issue,
      pointer: `/${index}${issue.pointer}`,
      message: `/${index}${issue.message}`,
    }));
  }
}

function refuseTwice(values: readonly string[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new TypeError(`createImages: the ${what} ${JSON.stringify(twice)} occurs twice.`);
}
