import { ValidationError } from "../../errors/validation-error.ts";
import { validate } from "../../transport/http.ts";
import type { Issue } from "../../validation/issue.ts";
import type { FleetState } from "./journal.ts";
import type { FleetImage } from "./outcome.ts";

/**
 * Refuses images that could not be made, all at once and before anything is sent.
 *
 * @throws ValidationError with the position of the image in every pointer.
 * @throws TypeError when a server or a name occurs twice, or the journal is of other images, or leaves one in doubt that
 *   had another name.
 */
export function checkImages(images: readonly FleetImage[], states: ReadonlyMap<string, FleetState>): void {
  const issues = images.flatMap(issuesOf);
  if (issues.length > 0) throw new ValidationError("RecreateServerImage", issues);
  const serverIds = images.map(({ serverId }) => serverId);
  refuseTwice(serverIds, "server");
  const names = images.map(({ name }) => name);
  refuseTwice(names, "name");
  const known = new Map(images.map(({ serverId, name }) => [serverId, name]));
  for (const [serverId, state] of states) {
    const name = known.get(serverId);
    if (name === undefined)
      throw new TypeError(`createImages: the journal names server ${serverId}, the images do not.`);
    if (state.step === "in doubt" && state.name !== name) {
      const lost = `an image ${JSON.stringify(state.name)} of server ${serverId}`;
      throw new TypeError(`createImages: the journal leaves ${lost} in doubt, which the images call otherwise.`);
    }
  }
}

function issuesOf({ serverId, name, description, executeSysprep }: FleetImage, index: number): Issue[] {
  const body = { name, description, execute_sysprep: executeSysprep };
  try {
    validate("recreateServerImage", { path: { project_id: "unknown", server_id: serverId }, body });
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
