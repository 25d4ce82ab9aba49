import { job as facts } from "../generated/contract.ts";
import { serviceRefusal } from "../http/refusal.ts";
import type { JobFate } from "../jobs/fate.ts";
import { startJob } from "../jobs/start.ts";
import { changeServer } from "../world/change-server.ts";
import { privateImages } from "../world/images.ts";
import type { ProjectState } from "../world/state.ts";
import { findServer } from "./find-server.ts";
import type { Call, Handler } from "./operation.ts";

/** Starts to make an image; the server is BUILDING until the job ends. */
export const recreateServerImage: Handler = (call) => {
  const { state, project, body, nowMs, rules } = call;
  const server = findServer(call);
  const { name } = body as { name: string };
  const parts = [{ serverId: server.id, resourceName: name }];
  const isTaken = rules.takenNames !== "allowed" && hasImage(project, name);
  if (isTaken && rules.takenNames === "refused")
    throw serviceRefusal(call.route, 400, `There is an image ${name} already.`);
  const isFull = rules.fullQuota !== "allowed" && !hasRoom(project);
  if (isFull && rules.fullQuota === "refused")
    throw serviceRefusal(call.route, 400, `The project may have ${project.imageQuota} private images, and has them.`);
  const fate = isTaken ? takenName(name) : isFull ? usedUp(call) : call.fate;
  const job = startJob(state, project, { family: "image", type: "CREATE_SERVER_IMAGE", nowMs, fate, parts });
  changeServer(project, server, nowMs, { status: facts.kinds.CREATE_SERVER_IMAGE.server.during });
  return { status: 200, body: { job_id: job.id } };
};

/** Whether an image of this name is there, or is being made. */
function hasImage(project: ProjectState, name: string): boolean {
  const isMaking = namesInWork(project).includes(name);
  return isMaking || [...project.images.values()].some((image) => image.name === name);
}

/** Whether the quota has room for another image, with those that are being made. */
function hasRoom(project: ProjectState): boolean {
  return privateImages(project).length + namesInWork(project).length < project.imageQuota;
}

/** The names of the images that are being made. */
function namesInWork({ activeJobs }: ProjectState): string[] {
  return [...activeJobs].flatMap(({ type, subJobs }) =>
    type === "CREATE_SERVER_IMAGE" ? subJobs.map(({ resourceName }) => resourceName) : [],
  );
}

/** Which code a job fails with then is unknown. This is the one of an operation that failed. */
function usedUp({ route }: Call): JobFate {
  const { error_code: code } = route.examples[500] as { readonly error_code: string };
  return { fail: { code, message: "The quota of private images is used up." } };
}

/** The failure that the image service gives a name which is taken. */
function takenName(name: string): JobFate {
  return { fail: { code: "IMG.0009", message: `The image name ${name} already exists.` } };
}
