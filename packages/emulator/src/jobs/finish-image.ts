import { job as facts } from "../generated/contract.ts";
import { changeServer, removeServer } from "../world/change-server.ts";
import { imageOf } from "../world/image-record.ts";
import { fillIn } from "../world/state.ts";
import type { ImageJobType } from "./kinds.ts";
import type { PartEnd } from "./part-end.ts";

/** Does what a job on an image server does when it ends well. */
export function succeedOnImageServer(end: PartEnd): void {
  succeed[end.job.type as ImageJobType](end);
  if (end.job.recursive) end.project.machinery.delete(end.subJob.serverId);
}

const succeed: Record<ImageJobType, (end: PartEnd) => void> = {
  CREATE_SERVER({ state, project, subJob, atMs }) {
    const server = project.servers.get(subJob.serverId);
    if (server === undefined) return;
    changeServer(project, server, atMs, { status: facts.kinds.CREATE_SERVER.server.after });
    fillIn(state, project, server, atMs);
    subJob.resourceId = server.id;
  },
  CREATE_SERVER_IMAGE({ state, project, subJob, atMs }) {
    const id = state.ids.uuid();
    const { serverId, resourceName: name } = subJob;
    project.images.set(id, imageOf({ id, name, serverId }, atMs));
    subJob.resourceId = id;
    const server = project.servers.get(serverId);
    if (server === undefined) return;
    changeServer(project, server, atMs, { image_id: id, status: facts.kinds.CREATE_SERVER_IMAGE.server.after });
  },
  DELETE_SERVER({ project, subJob, atMs }) {
    subJob.resourceId = subJob.serverId;
    removeServer(project, subJob.serverId, atMs);
    project.attachedApps.delete(subJob.serverId);
  },
};

/** What a server becomes after a failed job is not documented; ERROR is this emulator's choice, but after an image. */
export function failOnImageServer({ rules, project, job, subJob, atMs }: PartEnd): void {
  const server = project.servers.get(subJob.serverId);
  const status = job.type === "CREATE_SERVER_IMAGE" ? rules.afterFailedImage : "ERROR";
  if (server !== undefined) changeServer(project, server, atMs, { status });
}
