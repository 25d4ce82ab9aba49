import { job as facts } from "../generated/contract.ts";
import { startJob } from "../jobs/start.ts";
import { serviceTime } from "../world/clock.ts";
import { findServer } from "./find-server.ts";
import type { Handler } from "./operation.ts";

/** Starts to make an image; the server is BUILDING until the job ends. */
export const recreateServerImage: Handler = (call) => {
  const { state, project, body, nowMs, fate } = call;
  const server = findServer(call);
  const { name } = body as { name: string };
  const parts = [{ serverId: server.id, resourceName: name }];
  const job = startJob(state, project, { type: "CREATE_SERVER_IMAGE", nowMs, fate, parts });
  server.status = facts.kinds.CREATE_SERVER_IMAGE.server.during;
  server.update_time = serviceTime(nowMs);
  return { status: 200, body: { job_id: job.id } };
};
