import { describe, expect, it } from "vitest";
import { defaultWorld, type Emulator, type ViewEffect } from "../src/index.ts";
import { start, world } from "./call.ts";

const second = 1_000;
const minute = 60 * second;
const server = `/image-servers/${world.serverId}`;

/** An emulator in which one operation, or every one, sees something else than the truth; an image is being made. */
async function startSeeing(effect: ViewEffect, operation?: string) {
  const faults = [{ effect, ...(operation === undefined ? {} : { operation }) }];
  const started = await start({ world: { ...defaultWorld, faults }, startMs: Date.UTC(2026, 0, 1, 12) });
  const { body } = await started.recreate(world.serverId, "Golden");
  return { ...started, jobId: body.job_id as string };
}

/** What is really there. */
function truth(emulator: Emulator) {
  const project = emulator.state.projects.get(world.projectId);
  const [job] = project?.jobs.values() ?? [];
  return { server: project?.servers.get(world.serverId)?.status, job: job?.status };
}

describe("a view that lags", () => {
  it("shows a server in the state of a while ago, and jobs as they are", async () => {
    const { call, jobOf, jobId, emulator } = await startSeeing({ type: "lag", ms: 2 * minute }, "ShowImageServer");
    expect((await call("GET", server)).body.status).toBe("ACTIVE");
    expect(await jobOf(jobId)).toMatchObject({ status: "WAITING" });
    emulator.clock.advance(2 * minute);
    expect((await call("GET", server)).body.status).toBe("BUILDING");
    emulator.clock.advance(22 * minute);
    expect((await call("GET", server)).body).toMatchObject({ status: "BUILDING", image_id: "" });
    expect(await jobOf(jobId)).toMatchObject({ status: "SUCCESS" });
    expect(truth(emulator)).toEqual({ server: "BUILT", job: "SUCCESS" });
    emulator.clock.advance(3 * minute);
    expect((await call("GET", server)).body).toMatchObject({ status: "BUILT", image_id: expect.stringMatching(/./) });
  });

  it("shows jobs in lists as they were, and by themselves as they are", async () => {
    const { call, jobOf, jobId, emulator } = await startSeeing({ type: "lag", ms: 5 * minute }, "ListImageJobs");
    const list = async () => (await call("GET", "/image-server-jobs?job_type=CREATE_SERVER_IMAGE")).body;
    expect(await list()).toEqual({ count: 0, items: [] });
    emulator.clock.advance(24 * minute);
    expect(await list()).toMatchObject({ count: 1, items: [{ id: jobId, status: "RUNNING" }] });
    expect((await list()).items[0]).not.toHaveProperty("end_time");
    expect(await jobOf(jobId)).toMatchObject({ status: "SUCCESS" });
    const { items } = (await call("GET", "/image-server-jobs?job_type=CREATE_SERVER_IMAGE&status=SUCCESS")).body;
    expect(items).toEqual([]);
  });

  it("lets a precondition hold that no longer does, so that a second image is made", async () => {
    const { recreate, emulator } = await startSeeing({ type: "lag", ms: minute }, "RecreateServerImage");
    expect((await recreate(world.serverId)).status).toBe(200);
    expect(emulator.state.projects.get(world.projectId)?.jobs.size).toBe(2);
    emulator.clock.advance(2 * minute);
    expect((await recreate(world.serverId)).status).toBe(400);
  });

  it("shows a server that was deleted meanwhile, and none that was not there yet", async () => {
    const { call, emulator } = await start({ jobs: "instant" });
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "lag", ms: minute } });
    await call("PATCH", "/image-servers/actions/batch-delete", { items: [world.serverId], recursive: false });
    expect((await call("GET", "/image-servers")).body).toMatchObject({ count: 1, items: [{ status: "ACTIVE" }] });
    expect((await call("GET", server)).status).toBe(404);
    emulator.clock.advance(minute);
    expect((await call("GET", "/image-servers")).body.count).toBe(0);
  });
});

describe("a view that hides", () => {
  it("knows no job for its first seconds", async () => {
    const { call, jobId, emulator } = await startSeeing({ type: "hide", forFirstMs: 10 * second }, "ShowImageJob");
    const status = async () => (await call("GET", `/image-server-jobs/${jobId}`)).status;
    expect(await status()).toBe(404);
    expect((await call("GET", "/image-server-jobs?job_type=CREATE_SERVER_IMAGE")).body.count).toBe(1);
    emulator.clock.advance(10 * second);
    expect(await status()).toBe(200);
  });

  it("has cleaned up the record of what ended a while ago, whoever asks", async () => {
    const { call, jobId, emulator } = await startSeeing({ type: "hide", afterEndMs: minute });
    emulator.clock.advance(24 * minute);
    expect((await call("GET", `/image-server-jobs/${jobId}`)).status).toBe(200);
    emulator.clock.advance(minute);
    expect((await call("GET", `/image-server-jobs/${jobId}`)).status).toBe(404);
    for (const list of [
      "/image-server-jobs?job_type=CREATE_SERVER_IMAGE",
      "/image-server-sub-jobs?job_type=",
      "/image-server-sub-jobs/actions/count",
    ])
      expect((await call("GET", list)).body.count).toBe(0);
    expect((await call("GET", server)).status).toBe(200);
    expect(truth(emulator).job).toBe("SUCCESS");
  });

  it("bound to a resource hides only what is about it", async () => {
    const servers = ["a", "b"].map((id) => ({ id, name: id, projectId: world.projectId }));
    const { call, recreate, emulator } = await start({ world: { ...defaultWorld, servers } });
    for (const id of ["a", "b"]) await recreate(id, `image of ${id}`);
    emulator.faults.add({ resource: "a", effect: { type: "hide" } });
    const { items } = (await call("GET", "/image-server-sub-jobs?job_type=")).body;
    expect(
      items.map((item: { job_resource_info: { resource_name: string } }) => item.job_resource_info.resource_name),
    ).toEqual(["image of b"]);
    expect((await call("GET", "/image-servers")).body).toMatchObject({ count: 1, items: [{ id: "b" }] });
    expect((await call("GET", "/image-servers/a")).status).toBe(404);
  });
});

describe("a view of jobs", () => {
  it.each([
    ["part", { sub_jobs: [], sub_jobs_total: 1 }],
    ["resource", { sub_jobs: [{ job_resource_info: { resource_id: "" } }], sub_jobs_total: 1 }],
  ] as const)("may show SUCCESS before its %s", async (lacks, shown) => {
    const { jobOf, jobId, emulator } = await startSeeing({ type: "lateResult", ms: 20 * second, lacks });
    emulator.clock.advance(1_415 * second);
    expect(await jobOf(jobId)).toMatchObject({ status: "SUCCESS", ...shown });
    emulator.clock.advance(20 * second);
    expect((await jobOf(jobId)).sub_jobs[0].job_resource_info.resource_id).not.toBe("");
  });

  it.each([
    ["server", "golden-image-builder"],
    ["upper", "GOLDEN"],
  ] as const)("may name what is made otherwise: %s", async (form, name) => {
    const { jobOf, jobId } = await startSeeing({ type: "name", form });
    expect((await jobOf(jobId)).sub_jobs[0].job_resource_info.resource_name).toBe(name);
  });

  it("may lack fields until the job has ended", async () => {
    const effect = { type: "fields", omit: ["resource_name", "begin_time"], onlyRunning: true } as const;
    const { jobOf, jobId, emulator } = await startSeeing(effect);
    const running = await jobOf(jobId);
    expect(running).not.toHaveProperty("begin_time");
    expect(running.sub_jobs[0].job_resource_info).toEqual({ resource_id: "" });
    emulator.clock.advance(24 * minute);
    expect((await jobOf(jobId)).sub_jobs[0]).toMatchObject({
      begin_time: "2026-01-01T12:00:00Z",
      job_resource_info: { resource_name: "Golden" },
    });
  });

  it("may show another value", async () => {
    const { jobOf, jobId } = await startSeeing({ type: "fields", set: { resource_name: "", status: "QUEUED" } });
    expect(await jobOf(jobId)).toMatchObject({
      status: "QUEUED",
      sub_jobs: [{ status: "QUEUED", job_resource_info: { resource_name: "" } }],
    });
  });

  it.each([
    ["noZone", "2026-01-01T12:00:00"],
    ["offset", "2026-01-01T20:00:00+08:00"],
    ["local", "2026-01-01T20:00:00"],
    ["blank", "2026-01-01 12:00:00"],
    ["epoch", 1_767_268_800_000],
  ] as const)("may write times as %s", async (form, time) => {
    const { jobOf, jobId, call } = await startSeeing({ type: "times", form });
    expect(await jobOf(jobId)).toMatchObject({ begin_time: time, sub_jobs: [{ begin_time: time }] });
    expect((await call("GET", server)).body.create_time).toBe(time);
  });
});

describe("a view of lists", () => {
  const names = ["1", "2", "3", "4", "5", "6"];
  async function startListing(effect: ViewEffect) {
    const servers = names.map((id) => ({ id, name: id, projectId: world.projectId }));
    const started = await start({ world: { ...defaultWorld, servers, faults: [{ effect }] } });
    const list = async (query = "") => {
      const { count, items } = (await started.call("GET", `/image-servers?${query}`)).body;
      return { count, ids: items.map(({ id }: { id: string }) => id) as string[] };
    };
    return { ...started, list };
  }

  it("may be oldest first", async () => {
    const { list } = await startListing({ type: "order", by: "oldest" });
    expect((await list()).ids).toEqual(names);
    expect((await list("limit=2&offset=2")).ids).toEqual(["3", "4"]);
  });

  it("may be mixed, the same at every call or each time otherwise", async () => {
    const mixed = await startListing({ type: "order", by: "mixed" });
    const [first, second] = [await mixed.list(), await mixed.list()];
    expect(first).toEqual(second);
    expect(first.ids).not.toEqual(names.toReversed());
    expect(first.ids.toSorted()).toEqual(names);
    const random = await startListing({ type: "order", by: "random" });
    const orders = new Set<string>();
    for (let call = 0; call < 10; call++) orders.add((await random.list()).ids.join());
    expect(orders.size).toBeGreaterThan(1);
  });

  it("may have a cap on its pages that says nothing", async () => {
    const { list } = await startListing({ type: "page", most: 2 });
    expect(await list("limit=5")).toEqual({ count: 6, ids: ["6", "5"] });
    expect(await list("limit=5&offset=5")).toEqual({ count: 6, ids: ["1"] });
  });
});

it("what is seen does not change what is there", async () => {
  const { call, jobOf, jobId, emulator } = await startSeeing({ type: "fields", set: { status: "GONE" } });
  emulator.faults.add({ effect: { type: "hide" } });
  await call("GET", server);
  await jobOf(jobId);
  emulator.faults.clear();
  expect((await call("GET", server)).body.status).toBe("BUILDING");
  expect(await jobOf(jobId)).toMatchObject({ status: "WAITING", sub_jobs: [{ status: "WAITING" }] });
});
