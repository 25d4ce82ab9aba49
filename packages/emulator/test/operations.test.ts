import { describe, expect, it } from "vitest";
import { serviceTime } from "../src/world/clock.ts";
import { newServer, start, world } from "./call.ts";

const id18 = /^\d{18}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const minute = 60_000;

describe("making an image", () => {
  it("goes WAITING, RUNNING, SUCCESS, while the server is BUILDING and then BUILT", async () => {
    const { emulator, call, recreate } = await start();
    const { body } = await recreate(world.serverId, "golden");
    expect(body.job_id).toMatch(id18);
    const look = async () => (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
    const status = async () => (await call("GET", `/image-servers/${world.serverId}`)).body.status;

    expect(await look()).toMatchObject({ status: "WAITING", sub_jobs_total: 1 });
    expect(await status()).toBe("BUILDING");
    emulator.clock.advance(minute);
    expect(await look()).toMatchObject({ status: "RUNNING" });
    emulator.clock.advance(23 * minute);
    const done = await look();
    expect(done).toMatchObject({ status: "SUCCESS", job_type: "CREATE_SERVER_IMAGE" });
    const [subJob] = done.sub_jobs;
    expect(subJob.job_resource_info).toEqual({ resource_id: expect.stringMatching(uuid), resource_name: "golden" });
    expect(subJob.job_execute_info).toEqual({ error_code: "", error_message: "" });
    expect(Date.parse(done.end_time) - Date.parse(done.begin_time)).toBe(1_415_000);
    const server = (await call("GET", `/image-servers/${world.serverId}`)).body;
    expect(server).toMatchObject({ status: "BUILT", image_id: subJob.job_resource_info.resource_id });
  });

  it("is refused while the server is BUILDING, and allowed again when it is BUILT", async () => {
    const { emulator, recreate } = await start();
    await recreate(world.serverId, "first");
    const refused = await recreate(world.serverId, "second");
    expect(refused.status).toBe(400);
    expect(refused.body.error_msg).toContain("is BUILDING; it must be ACTIVE or BUILT");
    emulator.clock.advance(30 * minute);
    expect((await recreate(world.serverId, "second")).status).toBe(200);
  });

  it("fails with the code that a fault gives the job", async () => {
    const { emulator, call, recreate } = await start();
    const fail = { code: "IMG.0009", message: "The image name already exists." };
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { fail } } });
    const { body } = await recreate(world.serverId);
    emulator.clock.advance(30 * minute);
    const job = (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
    expect(job.status).toBe("FAILED");
    expect(job.sub_jobs[0].job_execute_info).toEqual({ error_code: "IMG.0009", error_message: fail.message });
    expect((await recreate(world.serverId)).status).toBe(200);
  });

  it("never ends when a fault hangs the job", async () => {
    const { emulator, call, recreate } = await start();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { hang: true } } });
    const { body } = await recreate(world.serverId);
    emulator.clock.advance(20 * 60 * minute);
    expect((await call("GET", `/image-server-jobs/${body.job_id}`)).body.status).toBe("RUNNING");
  });

  it.each([
    ["poll", ["WAITING", "RUNNING", "SUCCESS"]],
    ["instant", ["SUCCESS", "SUCCESS", "SUCCESS"]],
  ] as const)("advances as told: %s", async (jobs, expected) => {
    const { call, recreate } = await start({ jobs });
    const { body } = await recreate(world.serverId);
    const seen: string[] = [];
    for (let look = 0; look < 3; look++)
      seen.push((await call("GET", `/image-server-jobs/${body.job_id}`)).body.status);
    expect(seen).toEqual(expected);
  });
});

describe("a server's life", () => {
  it("is CREATING with empty ids, ACTIVE with ids, DELETING, and gone", async () => {
    const { emulator, call } = await start();
    const { body: created } = await call("POST", "/image-servers", newServer);
    const { items } = (await call("GET", "/image-servers?server_name=build")).body;
    const server = items.find((item: { name: string }) => item.name === "builder");
    expect(server).toMatchObject({
      status: "CREATING",
      app_group_id: "",
      server_id: "",
      instance_id: "",
      image_id: "",
    });
    expect((await call("POST", `/image-servers/${server.id}/actions/recreate-image`, { name: "a" })).status).toBe(400);

    emulator.clock.advance(8 * minute);
    const job = (await call("GET", `/image-server-jobs/${created.job_id}`)).body;
    expect(job.sub_jobs[0].job_resource_info.resource_id).toBe(server.id);
    const active = (await call("GET", `/image-servers/${server.id}`)).body;
    expect(active).toMatchObject({ status: "ACTIVE", server_id: expect.stringMatching(/^wksapp-/) });

    await call("PATCH", "/image-servers/actions/batch-delete", { items: [server.id, "unknown"], recursive: true });
    expect((await call("GET", `/image-servers/${server.id}`)).body.status).toBe("DELETING");
    emulator.clock.advance(20 * minute);
    expect((await call("GET", `/image-servers/${server.id}`)).status).toBe(404);
  });

  it("cannot be deleted while it is BUILDING", async () => {
    const { call, recreate } = await start();
    await recreate(world.serverId);
    const refused = await call("PATCH", "/image-servers/actions/batch-delete", {
      items: [world.serverId],
      recursive: false,
    });
    expect(refused.status).toBe(400);
    expect((await call("GET", `/image-servers/${world.serverId}`)).body.status).toBe("BUILDING");
  });

  it("takes a new name, and an empty description clears the old one", async () => {
    const { call } = await start();
    const path = `/image-servers/${world.serverId}`;
    expect(await call("PATCH", path, { name: "renamed", description: "text" })).toMatchObject({
      status: 200,
      body: undefined,
    });
    await call("PATCH", path, { description: "" });
    expect((await call("GET", path)).body).toMatchObject({ name: "renamed", description: "" });
  });

  it("keeps the software that was handed over last", async () => {
    const { call } = await start();
    const path = `/image-servers/${world.serverId}/actions`;
    await call("POST", `${path}/attach-app`, { items: ["680556127464718336"] });
    expect((await call("POST", `${path}/attach-app`, { items: ["694648268272959489"] })).body.uri).toContain(
      "file:///",
    );
    const { items } = (await call("GET", `${path}/latest-attached-app`)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual(["694648268272959489"]);
  });
});

describe("lists", () => {
  it("are filtered, paged and counted", async () => {
    const { emulator, call } = await start();
    for (let index = 0; index < 5; index++)
      await call("POST", "/image-servers", { ...newServer, name: `farm-${index}` });
    const page = (await call("GET", "/image-servers?server_name=farm&limit=2&offset=1")).body;
    expect(page.count).toBe(5);
    expect(page.items.map(({ name }: { name: string }) => name)).toEqual(["farm-3", "farm-2"]);

    const jobs = async (query: string) => (await call("GET", `/image-server-jobs?job_type=${query}`)).body;
    expect(await jobs("CREATE_SERVER&status=WAITING")).toMatchObject({ count: 5 });
    emulator.clock.advance(8 * minute);
    expect(await jobs("CREATE_SERVER&status=SUCCESS")).toMatchObject({ count: 5 });
    expect(await jobs("CREATE_SERVER_IMAGE")).toEqual({ count: 0, items: [] });

    const all = "/image-server-sub-jobs/actions/count?job_type=CREATE_SERVER,DELETE_SERVER";
    expect((await call("GET", all)).body).toEqual({ count: 5 });
  });

  it("give ids in the order of time", async () => {
    const { emulator, call, recreate } = await start();
    const first = (await recreate(world.serverId)).body.job_id;
    emulator.clock.advance(30 * minute);
    const second = (await recreate(world.serverId)).body.job_id;
    expect(BigInt(second)).toBeGreaterThan(BigInt(first));
    const { items } = (await call("GET", "/image-server-jobs?job_type=CREATE_SERVER_IMAGE")).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([second, first]);
  });

  it("lose the records of ended sub-jobs that are deleted, and refuse those that go on", async () => {
    const { emulator, call, recreate } = await start();
    const { body } = await recreate(world.serverId);
    const subJobs = async () =>
      (await call("GET", `/image-server-sub-jobs?job_type=CREATE_SERVER_IMAGE&job_id=${body.job_id}`)).body;
    const [subJob] = (await subJobs()).items;
    const remove = () =>
      call("PATCH", "/image-server-sub-jobs/actions/batch-delete", { items: [subJob.id, "unknown"] });
    expect((await remove()).status).toBe(400);
    emulator.clock.advance(30 * minute);
    expect((await remove()).status).toBe(200);
    expect(await subJobs()).toEqual({ count: 0, items: [] });
  });
});

describe("times", () => {
  it("are UTC, with trailing zeros of the fraction dropped", async () => {
    const { call } = await start({ startMs: Date.UTC(2024, 4, 20, 10, 39, 49, 610) });
    const { create_time: time } = (await call("GET", `/image-servers/${world.serverId}`)).body;
    expect(time).toBe("2024-05-20T10:39:49.61Z");
  });

  it.each([
    [0, "1970-01-01T00:00:00Z"],
    [610, "1970-01-01T00:00:00.61Z"],
    [206, "1970-01-01T00:00:00.206Z"],
    [600_100, "1970-01-01T00:10:00.1Z"],
  ])("%i ms after 1970 are written %s", (ms, text) => {
    expect(serviceTime(ms)).toBe(text);
  });
});
