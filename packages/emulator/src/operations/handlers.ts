import { attachImageServerApp, listLatestAttachedServerApp } from "./attached-apps.ts";
import { batchDeleteImageServer } from "./batch-delete-image-server.ts";
import { createImageServer } from "./create-image-server.ts";
import { findJob } from "./find-job.ts";
import { findServer } from "./find-server.ts";
import { listImageJobs, showImageJob } from "./image-jobs.ts";
import { listImageServers, showImageServer, updateImageServer } from "./image-servers.ts";
import { batchDeleteImageSubJobs, countImageSubJobs, listImageSubJobs } from "./image-sub-jobs.ts";
import type { Call, Handler } from "./operation.ts";
import { recreateServerImage } from "./recreate-server-image.ts";

const handlers: Readonly<Record<string, Handler>> = {
  AttachImageServerApp: attachImageServerApp,
  BatchDeleteImageServer: batchDeleteImageServer,
  BatchDeleteImageSubJobs: batchDeleteImageSubJobs,
  CountImageSubJobs: countImageSubJobs,
  CreateImageServer: createImageServer,
  ListImageJobs: listImageJobs,
  ListImageServers: listImageServers,
  ListImageSubJobs: listImageSubJobs,
  ListLatestAttachedServerApp: listLatestAttachedServerApp,
  RecreateServerImage: recreateServerImage,
  ShowImageJob: showImageJob,
  ShowImageServer: showImageServer,
  UpdateImageServer: updateImageServer,
};

/** The handler of an operation. One that the contract has and this table has not answers with the contract's example. */
export function handlerOf(operationId: string): Handler {
  return handlers[operationId] ?? answerWithExample;
}

function answerWithExample(call: Call): ReturnType<Handler> {
  const { route, path } = call;
  // What it does is unknown, but not on which server or job.
  if (path.server_id !== undefined) findServer(call);
  if (path.job_id !== undefined) findJob(call);
  const example = route.examples[route.success];
  return example === null ? { status: route.success } : { status: route.success, body: example };
}
