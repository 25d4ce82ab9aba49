import { checkImages, type FleetImage, ValidationError } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { fillName } from "../fleet/name-template.ts";
import type { Golden } from "./golden.ts";

/**
 * The image that a run makes which begins at a time.
 *
 * @throws UsageError when its name holds what cannot be filled in, or the service would refuse it.
 */
export function goldenImage({ image }: Golden, atMs: number): FleetImage {
  const { server, description, "execute-sysprep": executeSysprep, "time-zone": timeZone = "UTC" } = image;
  const made = {
    serverId: server,
    name: fillName(image.name, { server, atMs, timeZone }),
    ...(description === undefined ? {} : { description }),
    ...(executeSysprep === undefined ? {} : { executeSysprep }),
  };
  try {
    checkImages([made]);
    return made;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const lines = error.issues.map(({ pointer, message }) => {
      const [, , place = "", key = ""] = pointer.split("/");
      return `image.${place === "path" ? "server" : key}${message.slice(pointer.length)}`;
    });
    throw new UsageError([...lines, "Nothing was sent."].join("\n"));
  }
}
