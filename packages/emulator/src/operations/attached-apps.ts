import { findServer } from "./find-server.ts";
import type { Handler } from "./operation.ts";

/** Hands a list of software over; the answer says where the image server finds it. */
export const attachImageServerApp: Handler = (call) => {
  const server = findServer(call);
  const { items } = call.body as { items: readonly string[] };
  // Which software a version belongs to is not this service's to know; here each is its own.
  call.project.attachedApps.set(
    server.id,
    items.map((id) => ({ id, app_id: id })),
  );
  return { status: 200, body: { uri: `file:///C:/aps/${server.id}/attached-apps.json` } };
};

/** The software handed over last, by id only. */
export const listLatestAttachedServerApp: Handler = (call) => {
  const { id } = findServer(call);
  return { status: 200, body: { items: call.project.attachedApps.get(id) ?? [] } };
};
