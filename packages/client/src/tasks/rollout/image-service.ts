import type { Client } from "../../client.ts";
import type { components } from "../../generated/ims.ts";
import { glanceDeleteImage, listImages, showImageQuota } from "../../generated/ims-operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

/** An image, as the image service shows it. */
export type ServiceImage = components["schemas"]["Image"];

const operations = { listImages, glanceDeleteImage, showImageQuota };

/** What rollouts need of the image service. */
export type ImageService = MethodsOf<typeof operations>;

/** The image service of a client. */
export function imageServiceOf(client: Pick<Client, "call">): ImageService {
  return methodsOf(client, operations);
}
