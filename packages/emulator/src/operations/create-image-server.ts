import { job as facts } from "../generated/contract.ts";
import { startJob } from "../jobs/start.ts";
import { addServer } from "../world/change-server.ts";
import { newServer } from "../world/state.ts";
import type { Handler } from "./operation.ts";

interface Body {
  readonly name: string;
  readonly description?: string;
  readonly image_ref: Readonly<Record<string, unknown>>;
  readonly authorize_accounts: readonly unknown[];
  readonly attach_apps?: readonly string[];
}

/** Starts to create an image server, which is CREATING until the job ends. */
export const createImageServer: Handler = ({ state, project, body, nowMs, fate }) => {
  const given = body as Body;
  const id = state.ids.next(nowMs);
  const server = newServer(state, {
    id,
    name: given.name,
    description: given.description ?? "",
    status: facts.kinds.CREATE_SERVER.server.during,
    nowMs,
    imageRef: { spce_code: "", product_id: "", ...given.image_ref },
    accounts: given.authorize_accounts,
  });
  addServer(project, server, nowMs);
  if (given.attach_apps?.length) {
    project.attachedApps.set(
      id,
      given.attach_apps.map((app) => ({ id: app, app_id: app })),
    );
  }
  const parts = [{ serverId: id, resourceName: given.name }];
  const job = startJob(state, project, { family: "image", type: "CREATE_SERVER", nowMs, fate, parts });
  return { status: 200, body: { job_id: job.id } };
};
