import type { CallOptions, Client } from "@workspace-aps/client";
import type { Context } from "../program/context.ts";
import { listImages } from "./list-images.ts";

/**
 * Looks which names private images have. One name is asked for by itself; of several, one walk through all images costs a request
 * for each 500 images, and not one for each name.
 *
 * @returns the id of an image of each name that is taken, by name, in the order of the names.
 * @throws ImageServiceError when the service refuses or is not reached.
 */
export async function imagesNamed(
  context: Context,
  client: Client,
  names: readonly string[],
  options: Pick<CallOptions, "totalTimeoutMs"> = {},
): Promise<ReadonlyMap<string, string>> {
  const [only] = names;
  if (only === undefined) return new Map();
  if (names.length === 1) {
    const [image] = await listImages(context, client, { name: only }, options);
    return new Map(image === undefined ? [] : [[only, image.id]]);
  }
  const images = await listImages(context, client, { limit: pageSize }, options);
  const ids = new Map(images.map(({ id, name = "" }) => [name, id]));
  return new Map(names.flatMap((name) => (ids.has(name) ? [[name, ids.get(name) ?? ""]] : [])));
}

/** What a page of the image service has when nothing is said. */
const pageSize = 500;
