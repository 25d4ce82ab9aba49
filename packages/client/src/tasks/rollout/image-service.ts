import type { Client } from "../../client.ts";
import type { components } from "../../generated/ims.ts";
import { listImages, showImageQuota } from "../../generated/ims-operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";
import { pruneOperations } from "./prune-operations.ts";

/** An image, as the image service shows it. */
export type ServiceImage = components["schemas"]["Image"];

/** The operations of the image service that planning a rollout calls. */
export const rolloutImageOperations = { listImages, showImageQuota };

/** What rollouts need of the image service. */
export type ImageService = MethodsOf<typeof rolloutImageOperations & Pick<typeof pruneOperations, "glanceDeleteImage">>;

/** The image service of a client. */
export function imageServiceOf(client: Pick<Client, "call">): ImageService {
  const { glanceDeleteImage } = pruneOperations;
  return methodsOf(client, { ...rolloutImageOperations, glanceDeleteImage });
}
