import { job as facts } from "../generated/contract.ts";
import { serviceRefusal } from "../http/refusal.ts";
import type { JobFate } from "../jobs/fate.ts";
import { startJob } from "../jobs/start.ts";
import { changeServer } from "../world/change-server.ts";
import type { ProjectState } from "../world/state.ts";
import { findServer } from "./find-server.ts";
import type { Handler } from "./operation.ts";

/** Starts to make an image; the server is BUILDING until the job ends. */
export const recreateServerImage: Handler = (call) => {
  const { state, project, body, nowMs, rules } = call;
  const server = findServer(call);
  const { name } = body as { name: string };
  const parts = [{ serverId: server.id, resourceName: name }];
  const isTaken = rules.takenNames !== "allowed" && hasImage(project, name);
  if (isTaken && rules.takenNames === "refused")
    throw serviceRefusal(call.route, 400, `There is an image ${name} already.`);
  const fate = isTaken ? takenName(name) : call.fate;
  const job = startJob(state, project, { family: "image", type: "CREATE_SERVER_IMAGE", nowMs, fate, parts });
  changeServer(project, server, nowMs, { status: facts.kinds.CREATE_SERVER_IMAGE.server.during });
  return { status: 200, body: { job_id: job.id } };
};

/** Whether an image of this name is there, or is being made. */
function hasImage({ images, activeJobs }: ProjectState, name: string): boolean {
  const isMaking = [...activeJobs].some(
    ({ type, subJobs }) => type === "CREATE_SERVER_IMAGE" && subJobs.some(({ resourceName }) => resourceName === name),
  );
  return isMaking || [...images.values()].some((image) => image.name === name);
}

/** The failure that the image service gives a name which is taken. */
function takenName(name: string): JobFate {
  return { fail: { code: "IMG.0009", message: `The image name ${name} already exists.` } };
}
