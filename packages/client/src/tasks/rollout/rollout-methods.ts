import type { Client } from "../../client.ts";
import {
  batchChangeServerImage,
  batchChangeServerMaintainMode,
  batchReinstallServer,
  createOrUpdateScalingPolicy,
  listServers,
  listSessions,
  listSubJobs,
  logoffUserSession,
  showJobDetail,
  showScalingPolicy,
  showServer,
  showServerGroup,
  updateServer,
  updateServerGroup,
} from "../../generated/operations.ts";
import { type MethodsOf, methodsOf } from "../../methods.ts";

/** The operations that a rollout calls, whatever it meets. */
export const rolloutOperations = {
  batchChangeServerImage,
  batchChangeServerMaintainMode,
  batchReinstallServer,
  createOrUpdateScalingPolicy,
  listServers,
  listSessions,
  listSubJobs,
  logoffUserSession,
  showJobDetail,
  showScalingPolicy,
  showServer,
  showServerGroup,
  updateServer,
  updateServerGroup,
};

/** Their methods. */
export function rolloutMethods(client: Pick<Client, "call">): MethodsOf<typeof rolloutOperations> {
  return methodsOf(client, rolloutOperations);
}
