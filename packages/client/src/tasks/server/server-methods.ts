import type { Client } from "../../client.ts";
import { listSubJobs, showJobDetail } from "../../generated/operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

/** The operations that waiting for jobs on application servers calls. */
export const serverJobOperations = { listSubJobs, showJobDetail };

/** What waiting for jobs on application servers calls. */
export function serverMethods(client: Client): MethodsOf<typeof serverJobOperations> {
  return methodsOf(client, serverJobOperations);
}
