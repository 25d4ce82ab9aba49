import type { Client } from "../../client.ts";
import { listImageSubJobs, recreateServerImage, showImageJob, showImageServer } from "../../generated/operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

const operations = { listImageSubJobs, recreateServerImage, showImageJob, showImageServer };

/** What making images calls, and all that a program that only makes images carries of the contract. */
export function imageMethods(client: Client): MethodsOf<typeof operations> {
  return methodsOf(client, operations);
}
