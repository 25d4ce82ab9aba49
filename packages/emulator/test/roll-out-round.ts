import { expect } from "vitest";
import type { Emulator } from "../src/index.ts";
import { world } from "./call.ts";
import type { Call } from "./golden-image-round.ts";

const minute = 60_000;
const image = { image_id: "35998d9a-14f2-48fc-832b-6fc0074dc8f8", image_type: "private" };

interface Server {
  readonly id: string;
  readonly session_count: number;
}

/**
 * An image comes to the users, as a foreign client would bring it: the group gets it, its servers are drained, re-imaged one
 * by one once nobody is on them, and let in users again.
 */
export async function rollOutRound(emulator: Emulator, call: Call): Promise<void> {
  const { clock } = emulator;
  const found = await call("GET", "/app-server-groups", { query: { limit: 10, offset: 0 } });
  expect(found).toMatchObject({ count: 1, items: [{ id: world.groupId }] });
  const group = `/app-server-groups/${world.groupId}`;
  await call("PATCH", group, { data: image });
  expect(await call("GET", group)).toMatchObject(image);

  const list = async (): Promise<readonly Server[]> =>
    (await call("GET", "/app-servers", { query: { server_group_id: world.groupId, limit: 100, offset: 0 } })).items;
  const servers = await list();
  const maintain = (ids: readonly string[], maintain_status: boolean) =>
    call("PATCH", "/app-servers/actions/batch-maint", { data: { items: ids, maintain_status } });
  await maintain(
    servers.map(({ id }) => id),
    true,
  );
  const times = { query_begin_time: "2020-01-01T00:00:00Z", query_end_time: "2099-01-01T00:00:00Z" };
  const query = { ...times, app_server_group_id: world.groupId, limit: 100, offset: 0 };
  const sessions = (await call("GET", "/session/list-sessions", { query })).items as readonly { readonly id: string }[];
  const logoff = { session_ids: sessions.map(({ id }) => id), message_type: 1, delay_time: 300 };
  await call("POST", "/session/logoff", {
    data: { ...logoff, title: "Maintenance", message: "Please save your work." },
  });
  clock.advance(5 * minute);
  expect((await list()).map(({ session_count }) => session_count)).toEqual([0, 0, 0, 0, 0]);

  const data = { ...image, os_type: "Windows", server_ids: servers.map(({ id }) => id) };
  const { items } = await call("POST", "/app-servers/actions/batch-change-image", { data });
  clock.advance(10 * minute);
  for (const { server_id, job_id } of items) {
    expect(await call("GET", `/v2/job/${job_id}`)).toMatchObject({ status: "SUCCESS" });
    expect(await call("GET", `/app-servers/${server_id}`)).toMatchObject({
      image_id: image.image_id,
      status: "REGISTERED",
      vm_status: "ACTIVE",
      maintain_status: true,
    });
  }
  await maintain(
    servers.map(({ id }) => id),
    false,
  );
  expect(emulator.sessions.start({ user: "eva", groupId: world.groupId })).toMatch(/./);
  const done = { query: { job_type: "CHANGE_SERVER_IMAGE", status: "SUCCESS" } };
  expect(await call("GET", "/app-server-sub-jobs/actions/count", done)).toMatchObject({ count: 5 });
  expect(emulator.violations).toEqual([]);
}
