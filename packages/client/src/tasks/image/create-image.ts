import type { Client } from "../../client.ts";
import { type ImageToMake, type StartedImage, type StartImageOptions, startImage } from "./start-image.ts";

/** The image to make, and how. */
export interface CreateImageOptions extends ImageToMake, StartImageOptions {}

/**
 * Starts to make an image, once: {@link startImage} with all that it takes in one object.
 *
 * @throws what {@link startImage} throws.
 */
export function createImage(client: Client, options: CreateImageOptions): Promise<StartedImage> {
  const { serverId, name, description, executeSysprep, ...how } = options;
  return startImage(client, { serverId, name, description, executeSysprep }, how);
}
