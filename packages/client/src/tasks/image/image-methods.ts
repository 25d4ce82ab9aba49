import type { Client } from "../../client.ts";
import { listImageSubJobs, recreateServerImage, showImageJob, showImageServer } from "../../generated/operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

/**
 * The operations that making an image calls, also to wait for it and to find it when its answer was lost: all that a program that
 * only makes images carries of the contract.
 */
export const imageOperations = { listImageSubJobs, recreateServerImage, showImageJob, showImageServer };

/** What making images calls. */
export function imageMethods(client: Client): MethodsOf<typeof imageOperations> {
  return methodsOf(client, imageOperations);
}
