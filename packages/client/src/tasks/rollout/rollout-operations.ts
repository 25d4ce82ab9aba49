// The operations that a rollout calls, whatever it meets.
export {
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
