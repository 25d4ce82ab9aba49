import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { expect, expectTypeOf, it } from "vitest";
import {
  type BatchResult,
  type FullClient,
  JobFailedError,
  paginate,
  runBatch,
  waitForServerJob,
  waitForServerJobs,
} from "../src/index.ts";
import { virtual } from "./world.ts";

const [first = "", ...others] = (defaultWorld.appServers ?? []).map(({ id }) => id);
const [groupId = ""] = (defaultWorld.serverGroups ?? []).map(({ id }) => id);
const body = { image_id: "f5d443de-a623-4950-a74d-569fe63c1f7a", image_type: "private", os_type: "Windows" } as const;

it("waits for a job on an application server, and names the server", async () => {
  const { client } = virtual();
  const { job_id } = await client.changeServerImage({ path: { server_id: first }, body });
  const done = await waitForServerJob(client, job_id);
  expect(done).toMatchObject({ jobId: job_id, jobType: "CHANGE_SERVER_IMAGE", serverIds: [first] });
});

it("makes a day of an operator of single methods: image for the group, drain, re-image, follow the jobs, undrain", async () => {
  const { client, emulator, pass } = virtual();
  const { items } = await client.listServerGroups();
  expect(items.map(({ id }) => id)).toEqual([groupId]);
  const path = { server_group_id: groupId };
  const { image_id, image_type } = body;
  await client.updateServerGroup({ path, body: { image_id, image_type } });
  expect(await client.showServerGroup({ path })).toMatchObject({ image_id, image_type });

  const list = async () => (await client.listServers({ query: { ...path, limit: 100 } })).items;
  const ids = (await list()).map(({ id }) => id);
  const maintain = (maintain_status: boolean) =>
    runBatch(client, "batchChangeServerMaintainMode", { ids, body: { maintain_status } });
  expect((await maintain(true)).made.map(({ id }) => id)).toEqual(ids);
  const query = { query_begin_time: "", query_end_time: "", app_server_group_id: groupId } as const;
  const sessions = [];
  for await (const session of paginate(client.listSessions, { query })) sessions.push(session.id);
  await client.logoffUserSession({ body: { session_ids: sessions, message_type: 1, delay_time: 300 } });
  pass(300_000);
  expect((await list()).map(({ session_count }) => session_count)).toEqual(ids.map(() => 0));

  const { made } = await runBatch(client, "batchChangeServerImage", { ids, body });
  const jobIds = made.map(({ jobId = "" }) => jobId);
  const outcomes = await waitForServerJobs(client, jobIds);
  expect([...outcomes.values()].map(({ result }) => result)).toEqual(ids.map(() => "made"));
  await maintain(false);
  for (const server of await list())
    expect(server).toMatchObject({ image_id, status: "REGISTERED", vm_status: "ACTIVE", maintain_status: false });
  expect(emulator.violations).toEqual([]);
});

it("throws the reason that stands on the part of a failed job", async () => {
  const { client, emulator } = virtual();
  const fail = { code: "WKS.00211401", message: "The machine does not start." };
  emulator.faults.add({ operation: "ReinstallServer", effect: { type: "job", fate: { fail } } });
  const { job_id } = await client.reinstallServer({ path: { server_id: first }, body: {} });
  const error = await waitForServerJob(client, job_id).catch((reason) => reason);
  expect(error).toBeInstanceOf(JobFailedError);
  expect(error.failures).toMatchObject([fail]);
});

it("waits for many jobs by lists, and asks for each only once it has ended", async () => {
  const { client, sent } = virtual();
  const { made } = await runBatch(client, "batchChangeServerImage", { ids: [first, ...others], body });
  sent.length = 0;
  const outcomes = await waitForServerJobs(
    client,
    made.map(({ jobId = "" }) => jobId),
  );
  expect([...outcomes.values()].map(({ result }) => result)).toEqual(Array(5).fill("made"));
  expect(sent.filter((line) => line.startsWith("GET job/"))).toHaveLength(5);
});

it("tells in a batch what was made, what was refused, and what has no answer", async () => {
  const { client, emulator } = virtual();
  await client.changeServerImage({ path: { server_id: first }, body });
  const result = await runBatch(client, "batchChangeServerImage", { ids: [first, ...others, "nobody"], body });
  expect(result.made.map(({ id }) => id)).toEqual(others);
  expect(result.refused.map(({ id, code }) => [id, code !== ""])).toEqual([
    [first, true],
    ["nobody", true],
  ]);
  emulator.faults.add({ operation: "BatchReinstallServer", effect: { type: "cut", afterWork: true } });
  const lost = await runBatch(client, "batchReinstallServer", { ids: others });
  expect(lost).toMatchObject({ made: [], refused: [], inDoubt: others.map((id) => ({ id })) });
});

it("splits a batch at the size of the contract, and goes on after a part that is refused", async () => {
  const [group] = defaultWorld.serverGroups ?? [];
  const appServers = Array.from({ length: 45 }, (_, index) => ({ id: `s${index}`, groupId, name: `s${index}` }));
  const emulator = createEmulator({
    world: { ...defaultWorld, serverGroups: group ? [group] : [], appServers, sessions: [] },
  });
  const { client, sent } = virtual({ fetch: (input, init) => emulator.fetch(input as string, init) });
  emulator.faults.add({
    operation: "BatchChangeServerMaintainMode",
    effect: { type: "answer", status: 409, body: { error_code: "WKS.00211103", error_msg: "One of them is busy." } },
  });
  const ids = appServers.map(({ id }) => id);
  const result = await runBatch(client, "batchChangeServerMaintainMode", { ids, body: { maintain_status: true } });
  expect(result.refused.map(({ id }) => id)).toEqual(ids.slice(0, 20));
  expect(result.made.map(({ id }) => id)).toEqual(ids.slice(20));
  expect(sent).toEqual([]);
  const drained = [...(emulator.state.projects.values().next().value?.streaming.servers.values() ?? [])];
  expect(drained.filter(({ maintain_status }) => maintain_status)).toHaveLength(25);
});

it("takes the body of the method without its ids, and no other", () => {
  const run = (client: FullClient) => runBatch(client, "batchChangeServerImage", { ids: [], body });
  expectTypeOf(run).returns.resolves.toEqualTypeOf<BatchResult>();
  // @ts-expect-error a body of another method
  const wrong = (client: FullClient) => runBatch(client, "batchChangeServerMaintainMode", { ids: [], body });
  expect(wrong).toBeDefined();
});

it("walks through every list of groups, servers, sessions, parts of jobs and application groups", async () => {
  const { client } = virtual();
  await runBatch(client, "batchReinstallServer", { ids: [first, ...others] });
  const count = async (pages: AsyncIterable<unknown>) => {
    let number = 0;
    for await (const _ of pages) number += 1;
    return number;
  };
  const query = { limit: 2 };
  expect(await count(paginate(client.listServerGroups, { query }))).toBe(1);
  expect(await count(paginate(client.listServers, { query }))).toBe(5);
  expect(await count(paginate(client.listAppGroup, { query }))).toBe(1);
  expect(await count(paginate(client.listSubJobs, { query: { ...query, job_type: "REINSTALL_OS" } }))).toBe(5);
  const times = { query_begin_time: "2026-10-01T00:00:00.000Z", query_end_time: "2026-12-01T00:00:00.000Z" };
  expect(await count(paginate(client.listSessions, { query: { ...query, ...times } }))).toBe(4);
});
