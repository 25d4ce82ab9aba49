import type { Client } from "../../client.ts";
import { listSubJobs, showJobDetail } from "../../generated/operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

const operations = { listSubJobs, showJobDetail };

/** What waiting for jobs on application servers calls. */
export function serverMethods(client: Client): MethodsOf<typeof operations> {
  return methodsOf(client, operations);
}
