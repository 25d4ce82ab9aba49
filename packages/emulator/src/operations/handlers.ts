import { listAppGroup } from "./app-groups.ts";
import {
  batchChangeServerMaintainMode,
  batchRebootServer,
  listServers,
  showServer,
  updateServer,
} from "./app-servers.ts";
import { attachImageServerApp, listLatestAttachedServerApp } from "./attached-apps.ts";
import { batchDeleteImageServer } from "./batch-delete-image-server.ts";
import { createImageServer } from "./create-image-server.ts";
import { findJob } from "./find-job.ts";
import { findServer } from "./find-server.ts";
import { findAppServer } from "./find-streaming.ts";
import { listImageJobs, showImageJob } from "./image-jobs.ts";
import { listImageServers, showImageServer, updateImageServer } from "./image-servers.ts";
import { batchDeleteImageSubJobs, countImageSubJobs, listImageSubJobs } from "./image-sub-jobs.ts";
import { batchAddOrDeleteTags, glanceDeleteImage, listImages, showImageQuota } from "./images.ts";
import type { Call, Handler } from "./operation.ts";
import { recreateServerImage } from "./recreate-server-image.ts";
import { createOrUpdateScalingPolicy, deleteScalingPolicy, showScalingPolicy } from "./scaling-policies.ts";
import { listServerGroups, showServerGroup, showServerGroupState, updateServerGroup } from "./server-groups.ts";
import {
  batchChangeServerImage,
  batchDeleteServer,
  batchReinstallServer,
  changeServerImage,
  createAppServers,
  reinstallServer,
} from "./server-job-starters.ts";
import { countSubJobs, listSubJobs, showJobDetail } from "./server-jobs.ts";
import { listSessionByUserName, listSessions, logoffUserSession } from "./sessions.ts";

const handlers: Readonly<Record<string, Handler>> = {
  AttachImageServerApp: attachImageServerApp,
  BatchAddOrDeleteTags: batchAddOrDeleteTags,
  BatchChangeServerImage: batchChangeServerImage,
  BatchChangeServerMaintainMode: batchChangeServerMaintainMode,
  BatchDeleteImageServer: batchDeleteImageServer,
  BatchDeleteImageSubJobs: batchDeleteImageSubJobs,
  BatchDeleteServer: batchDeleteServer,
  BatchRebootServer: batchRebootServer,
  BatchReinstallServer: batchReinstallServer,
  ChangeServerImage: changeServerImage,
  CountImageSubJobs: countImageSubJobs,
  CountSubJobs: countSubJobs,
  CreateAppServers: createAppServers,
  CreateImageServer: createImageServer,
  CreateOrUpdateScalingPolicy: createOrUpdateScalingPolicy,
  DeleteScalingPolicy: deleteScalingPolicy,
  ListAppGroup: listAppGroup,
  GlanceDeleteImage: glanceDeleteImage,
  ListImageJobs: listImageJobs,
  ListImages: listImages,
  ListImageServers: listImageServers,
  ListImageSubJobs: listImageSubJobs,
  ListLatestAttachedServerApp: listLatestAttachedServerApp,
  ListServerGroups: listServerGroups,
  ListServers: listServers,
  ListSessionByUserName: listSessionByUserName,
  ListSessions: listSessions,
  ListSubJobs: listSubJobs,
  LogoffUserSession: logoffUserSession,
  RecreateServerImage: recreateServerImage,
  ReinstallServer: reinstallServer,
  ShowImageJob: showImageJob,
  ShowImageQuota: showImageQuota,
  ShowImageServer: showImageServer,
  ShowJobDetail: showJobDetail,
  ShowScalingPolicy: showScalingPolicy,
  ShowServer: showServer,
  ShowServerGroup: showServerGroup,
  ShowServerGroupState: showServerGroupState,
  UpdateImageServer: updateImageServer,
  UpdateServer: updateServer,
  UpdateServerGroup: updateServerGroup,
};

/** The handler of an operation. One that the contract has and this table has not answers with the contract's example. */
export function handlerOf(operationId: string): Handler {
  return handlers[operationId] ?? answerWithExample;
}

function answerWithExample(call: Call): ReturnType<Handler> {
  const { route, path } = call;
  // What it does is unknown, but not on which server or job.
  const isImageServers = route.path.includes("/image-servers/");
  if (path.server_id !== undefined) {
    if (isImageServers) findServer(call);
    else findAppServer(call, path.server_id);
  }
  if (path.job_id !== undefined) findJob(call, route.path.includes("/image-server-jobs/") ? "image" : "server");
  const example = route.examples[route.success];
  return example === null ? { status: route.success } : { status: route.success, body: example };
}
