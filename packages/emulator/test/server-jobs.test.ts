import { describe, expect, it } from "vitest";
import { defaultWorld, type Emulator, type EmulatorOptions, type JobFate, type World } from "../src/index.ts";
import { send, start, world } from "./call.ts";

const minute = 60_000;
const newImage = "35998d9a-14f2-48fc-832b-6fc0074dc8f8";
const oldImage = "6579b42e-f345-4452-ae3a-fa0687564943";
const change = { image_id: newImage, image_type: "private", os_type: "Windows" };
const [first, second, third, idle] = (defaultWorld.appServers ?? []).map(({ id }) => id) as [string, ...string[]];

const streamingOf = (emulator: Emulator) => {
  const project = emulator.state.projects.get(world.projectId);
  if (project === undefined) throw new Error("The default world has no project.");
  return project.streaming;
};

async function startServers(options: EmulatorOptions = {}) {
  const started = await start(options);
  const { call, emulator, token } = started;
  const headers = { "X-Auth-Token": token };
  return {
    ...started,
    look: async (id: string) => (await call("GET", `/app-servers/${id}`)).body,
    jobOf: async (id: string) => (await send(emulator, "GET", `/v2/${world.projectId}/job/${id}`, { headers })).body,
    reimage: (id: string, body: object = change) => call("POST", `/app-servers/${id}/actions/change-image`, body),
    reimageAll: async (ids: readonly string[], body: object = change) =>
      (await call("POST", "/app-servers/actions/batch-change-image", { server_ids: ids, ...body })).body.items,
  };
}

describe("re-imaging a server", () => {
  it("goes through the states of its machine, ends the sessions on it, and keeps its id and maintenance mode", async () => {
    const { emulator, call, look, jobOf, reimage } = await startServers();
    await call("PATCH", `/app-servers/${first}`, { maintain_status: true });
    const { body } = await reimage(first);
    expect(await jobOf(body.job_id)).toMatchObject({ status: "WAITING", job_type: "CHANGE_SERVER_IMAGE" });
    expect(await look(first)).toMatchObject({
      status: "REGISTERED",
      session_count: 2,
      job_id: body.job_id,
      job_type: "CHANGE_SERVER_IMAGE",
      job_status: "WAITING",
    });
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      emulator.clock.advance(2 * minute);
      const { status, vm_status, task_status } = await look(first);
      seen.push(`${status} ${vm_status} ${task_status}`);
    }
    expect(seen).toEqual([
      "UNREGISTER REBUILD rebuilding",
      "UNREGISTER REBUILD rebuild_block_device_mapping",
      "UNREGISTER REBUILD rebuild_block_device_mapping",
      "UNREGISTER REBUILD rebuild_spawning",
      "REGISTERED ACTIVE null",
    ]);
    expect(await look(first)).toMatchObject({ id: first, image_id: newImage, session_count: 0, maintain_status: true });
    expect(await jobOf(body.job_id)).toMatchObject({
      status: "SUCCESS",
      sub_jobs: [{ error_code: "", job_resource_info: { resource_id: first, resource_name: "office-1" } }],
    });
    const lost = [...streamingOf(emulator).sessions.values()].filter(({ endedBy }) => endedBy === "reimage");
    expect(lost.map(({ user }) => user)).toEqual(["anna", "bo"]);
  });

  it("with its agent takes one step more", async () => {
    const { emulator, look, reimage } = await startServers();
    await reimage(first, { ...change, update_access_agent: true });
    emulator.clock.advance(9 * minute);
    expect((await look(first)).task_status).toBe("upgrading_access_agent");
  });

  it.each([
    ["a server that there is not", "none", change, 404],
    ["an image that there is not", first, { ...change, image_id: "none" }, 404],
    ["the image that it has", first, { ...change, image_id: oldImage }, 409],
    ["another operating system", first, { ...change, os_type: "Linux" }, 409],
  ])("is refused for %s", async (_what, id, body, status) => {
    const { reimage } = await startServers();
    expect((await reimage(id, body)).status).toBe(status);
  });

  it.each([
    ["sessions on it", { sessionsAtReimage: "refused" }, "has 2 sessions"],
    ["no maintenance mode", { reimageNeedsMaintenance: true }, "is not in maintenance mode"],
    ["an image that is not its group's", { otherImages: "refused" }, "is not that of the server's group"],
  ] as const)("is refused for %s, where the rules say so", async (_what, rules, message) => {
    const { emulator, reimage } = await startServers();
    emulator.setRules(rules);
    expect(await reimage(first)).toMatchObject({ status: 409, body: { error_msg: expect.stringContaining(message) } });
  });

  it("is refused while another job works on it, and so are maintenance and restarts", async () => {
    const { emulator, call, reimage } = await startServers();
    await reimage(first);
    expect((await reimage(first)).status).toBe(409);
    const batch = { items: [first, second] };
    expect((await call("PATCH", "/app-servers/actions/batch-maint", { ...batch, maintain_status: true })).status).toBe(
      409,
    );
    expect((await call("PATCH", "/app-servers/actions/batch-reboot", { ...batch, type: "SOFT" })).status).toBe(409);
    emulator.clock.advance(10 * minute);
    expect((await call("PATCH", "/app-servers/actions/batch-maint", { ...batch, maintain_status: true })).status).toBe(
      200,
    );
  });

  it("in a batch answers for each server, with a job of its own or the reason", async () => {
    const { emulator, reimageAll, jobOf, look } = await startServers();
    const items = await reimageAll([first, "none", idle as string]);
    expect(items).toEqual([
      { server_id: first, job_id: expect.stringMatching(/^\d{18}$/), error_code: "", error_message: "" },
      {
        server_id: "none",
        job_id: "",
        error_code: expect.stringMatching(/^WKS\./),
        error_message: expect.stringContaining("There is no application server none."),
      },
      { server_id: idle, job_id: expect.stringMatching(/^\d{18}$/), error_code: "", error_message: "" },
    ]);
    emulator.clock.advance(10 * minute);
    for (const index of [0, 2]) expect((await jobOf(items[index].job_id)).status).toBe("SUCCESS");
    expect((await look(idle as string)).image_id).toBe(newImage);
  });

  it.each([
    ["broken", { status: "NONE", vm_status: "REBUILD_FAIL", task_status: "null", image_id: oldImage }],
    ["unchanged", { status: "REGISTERED", vm_status: "ACTIVE", task_status: "null", image_id: oldImage }],
  ] as const)("that fails leaves it %s, and it can be reinstalled", async (afterFailedReimage, left) => {
    const { emulator, call, look, jobOf, reimageAll } = await startServers();
    emulator.setRules({ afterFailedReimage });
    const fail = { code: "WKS.00129901", message: "It failed.", servers: [second as string] };
    emulator.faults.add({ operation: "BatchChangeServerImage", effect: { type: "job", fate: { fail } } });
    const items = await reimageAll([first, second as string]);
    emulator.clock.advance(10 * minute);
    expect((await look(first)).image_id).toBe(newImage);
    expect(await look(second as string)).toMatchObject(left);
    expect(await jobOf(items[1].job_id)).toMatchObject({
      status: "FAILED",
      sub_jobs: [{ status: "FAILED", error_code: fail.code, error_message: fail.message }],
    });
    expect((await call("POST", `/app-servers/${second}/actions/reinstall`, {})).status).toBe(200);
    emulator.clock.advance(10 * minute);
    expect(await look(second as string)).toMatchObject({
      status: "REGISTERED",
      vm_status: "ACTIVE",
      image_id: oldImage,
    });
  });

  it("may end before the agent registers: by a rule for all, by a fault for one", async () => {
    const { emulator, look, reimage } = await startServers();
    emulator.setRules({ registerAfterMs: minute });
    const fate: JobFate = { registerAfterMs: 5 * minute };
    emulator.faults.add({ resource: second as string, effect: { type: "job", fate } });
    for (const id of [first, second as string]) await reimage(id);
    emulator.clock.advance(580_000);
    for (const id of [first, second as string])
      expect(await look(id)).toMatchObject({ status: "UNREGISTER", vm_status: "ACTIVE", image_id: newImage });
    emulator.clock.advance(minute);
    expect([(await look(first)).status, (await look(second as string)).status]).toEqual(["REGISTERED", "UNREGISTER"]);
    emulator.clock.advance(5 * minute);
    expect((await look(second as string)).status).toBe("REGISTERED");
  });

  it("may take the maintenance mode away", async () => {
    const { emulator, call, look, reimage } = await startServers();
    emulator.setRules({ maintenanceAfterReimage: "reset" });
    await call("PATCH", `/app-servers/${first}`, { maintain_status: true });
    await reimage(first);
    emulator.clock.advance(10 * minute);
    expect((await look(first)).maintain_status).toBe(false);
  });

  it.each(["instant", "poll"] as const)("goes on as told: %s", async (jobs) => {
    const { look, reimage } = await startServers({ jobs });
    await reimage(first);
    if (jobs === "poll") for (let count = 0; count < 3; count++) await look(first);
    expect(await look(first)).toMatchObject({ status: "REGISTERED", image_id: newImage, session_count: 0 });
  });
});

describe("a lost job", () => {
  it("is found as the last of its server and among the sub-jobs, and not among the jobs of image servers", async () => {
    const { call, look, reimage } = await startServers();
    const { body } = await reimage(first);
    expect((await look(first)).job_id).toBe(body.job_id);
    const list = "/app-server-sub-jobs?job_type=CHANGE_SERVER_IMAGE";
    expect((await call("GET", list)).body).toMatchObject({
      count: 1,
      items: [{ job_id: body.job_id, status: "WAITING", error_code: "" }],
    });
    expect(
      (await call("GET", "/app-server-sub-jobs/actions/count?job_type=CHANGE_SERVER_IMAGE,REINSTALL_OS")).body.count,
    ).toBe(1);
    expect((await call("GET", "/image-server-sub-jobs?job_type=")).body.count).toBe(0);
    expect((await call("GET", `/image-server-jobs/${body.job_id}`)).status).toBe(404);
  });

  it("may not be found at first, lack its result, or be seen late, like those of image servers", async () => {
    const { emulator, jobOf, reimage } = await startServers();
    emulator.faults.add({ operation: "ShowJobDetail", effect: { type: "hide", forFirstMs: 10_000 } });
    emulator.faults.add({ operation: "ShowJobDetail", effect: { type: "lateResult", ms: minute, lacks: "part" } });
    const { body } = await reimage(first);
    expect(await jobOf(body.job_id)).toHaveProperty("error_code");
    emulator.clock.advance(580_000);
    expect(await jobOf(body.job_id)).toMatchObject({ status: "SUCCESS", sub_jobs: [] });
    emulator.clock.advance(minute);
    expect((await jobOf(body.job_id)).sub_jobs).toHaveLength(1);
  });
});

describe("creating and deleting servers", () => {
  const wanted = {
    type: "createApps",
    server_group_id: world.groupId,
    subscription_num: 2,
    product_id: "workspace.appstream.general.xlarge.2",
    vpc_id: "59785ba5-e5d5-4836-b9de-19f22ac15175",
    subnet_id: "a5842cb4-5718-4b0a-8b27-3a3e9c74f977",
    root_volume: { type: "SATA", size: 60 },
  };

  it("makes servers with the image that the group has, which take users once they have registered", async () => {
    const { emulator, call, jobOf, look } = await startServers();
    await call("PATCH", `/app-server-groups/${world.groupId}`, { image_id: newImage, image_type: "private" });
    const { body } = await call("POST", "/app-servers/actions/create", wanted);
    expect((await call("GET", `/app-server-groups/${world.groupId}/state`)).body.aps_status).toEqual({
      REGISTERED: 5,
      UNREGISTER: 2,
    });
    emulator.clock.advance(16 * minute);
    const job = await jobOf(body.job_id);
    expect(job).toMatchObject({ status: "SUCCESS", sub_jobs_total: 2 });
    for (const { job_resource_info: made } of job.sub_jobs)
      expect(await look(made.resource_id)).toMatchObject({
        name: made.resource_name,
        image_id: newImage,
        status: "REGISTERED",
      });
  });

  it("deletes servers with the sessions on them, also one that is being re-imaged", async () => {
    const { emulator, call, reimage } = await startServers();
    await reimage(first);
    expect((await call("POST", "/app-servers/actions/batch-delete", { items: [first, "none"] })).status).toBe(200);
    emulator.clock.advance(2 * minute);
    expect((await call("GET", `/app-servers/${first}`)).status).toBe(404);
    const ends = [...streamingOf(emulator).sessions.values()].map(({ endedBy }) => endedBy);
    expect(ends).toEqual(["deletion", "deletion", undefined, undefined]);
  });

  it.each([
    ["ends well", undefined],
    ["fails", { fail: { code: "WKS.00129901", message: "It failed." } }],
  ])("deletes a server also where a re-imaging meanwhile %s, which then leaves it alone", async (_how, fate) => {
    const { emulator, call, jobOf, look, reimage } = await startServers();
    if (fate !== undefined) emulator.faults.add({ operation: "ChangeServerImage", effect: { type: "job", fate } });
    const { body } = await reimage(first);
    emulator.clock.advance(9 * minute);
    await call("POST", "/app-servers/actions/batch-delete", { items: [first] });
    emulator.clock.advance(35_000);
    const shown = async () => {
      const { status, vm_status, image_id } = await look(first);
      return { status, vm_status, image_id };
    };
    const before = await shown();
    emulator.clock.advance(10_000);
    expect((await jobOf(body.job_id)).status).toBe(fate === undefined ? "SUCCESS" : "FAILED");
    expect(await shown()).toEqual(before);
    emulator.clock.advance(2 * minute);
    expect((await call("GET", `/app-servers/${first}`)).status).toBe(404);
  });

  it("deletes a server once while it is being deleted, and again after that has failed", async () => {
    const { emulator, call, jobOf } = await startServers();
    const fate: JobFate = { fail: { code: "WKS.00129901", message: "It failed." } };
    emulator.faults.add({ operation: "BatchDeleteServer", times: 1, effect: { type: "job", fate } });
    const remove = async () =>
      (await call("POST", "/app-servers/actions/batch-delete", { items: [first] })).body.job_id;
    const [failing, empty] = [await remove(), await remove()];
    emulator.clock.advance(2 * minute);
    expect(await jobOf(failing)).toMatchObject({ status: "FAILED", sub_jobs_total: 1 });
    expect((await jobOf(empty)).sub_jobs).toEqual([]);
    expect((await jobOf(await remove())).sub_jobs).toHaveLength(1);
    emulator.clock.advance(2 * minute);
    expect((await call("GET", `/app-servers/${first}`)).status).toBe(404);
  });
});

describe("automatic scaling", () => {
  const scaling = {
    enable: true,
    max_scaling_amount: 3,
    single_expansion_count: 2,
    scaling_policy_by_session: { session_usage_threshold: 50, shrink_after_session_idle_minutes: 10 },
  };
  const growing: World = {
    ...defaultWorld,
    sessions: [],
    serverGroups: (defaultWorld.serverGroups ?? []).map((group) => ({ ...group, maxSession: 1, scaling })),
    visits: ["eva", "fay", "gil"].map((user) => ({ user, groupId: world.groupId, afterMs: 0, forMs: 30 * minute })),
  };
  const scaled = (emulator: Emulator) =>
    [...streamingOf(emulator).servers.values()].filter(({ scaling_auto_create }) => scaling_auto_create);

  it("makes servers above the threshold up to its amount, and deletes them when nobody is on them", async () => {
    const { emulator } = await startServers({ world: growing });
    emulator.clock.advance(5 * minute);
    expect(scaled(emulator)).toHaveLength(2);
    emulator.clock.advance(15 * minute);
    expect(scaled(emulator).every(({ status }) => status === "REGISTERED")).toBe(true);
    emulator.clock.advance(60 * minute);
    expect(scaled(emulator)).toEqual([]);
    expect(streamingOf(emulator).servers.size).toBe(5);
  });

  it.each([
    [false, 2],
    [true, 0],
  ])("deletes idle servers in maintenance mode: %s", async (scalingTakesDrained, left) => {
    const { emulator, call } = await startServers({ world: { ...growing, rules: { scalingTakesDrained } } });
    emulator.clock.advance(20 * minute);
    const items = scaled(emulator).map(({ id }) => id);
    await call("PATCH", "/app-servers/actions/batch-maint", { items, maintain_status: true });
    emulator.clock.advance(60 * minute);
    expect(scaled(emulator)).toHaveLength(left);
  });

  it.each([
    ["the processor", { cpu_usage_threshold: 50 }, { cpu: 30, memory: 0 }, 2],
    ["memory", { mem_usage_threshold: 50 }, { cpu: 0, memory: 30 }, 2],
    ["graphics", { gpu_usage_threshold: 50 }, { gpu: 30 }, 2],
    ["nothing that has a threshold", { gpu_usage_threshold: 50 }, { cpu: 100 }, 0],
    ["what a session takes of a server that is full at 100", { cpu_usage_threshold: 20 }, undefined, 2],
    ["less than that", { cpu_usage_threshold: 21, mem_usage_threshold: 100 }, undefined, 0],
  ])("makes servers for the load of %s", async (_what, thresholds, load, made) => {
    const policy = { ...scaling, scaling_policy_by_resource: thresholds };
    const by_session = { ...scaling.scaling_policy_by_session, session_usage_threshold: 100 };
    const { emulator } = await startServers({
      world: {
        ...growing,
        // Ten sessions on five servers that take ten each.
        serverGroups: (defaultWorld.serverGroups ?? []).map((group) => ({
          ...group,
          ...(load === undefined ? {} : { load }),
          scaling: { ...policy, scaling_policy_by_session: by_session },
        })),
        visits: Array.from({ length: 10 }, (_, index) => ({
          user: `user${index}`,
          groupId: world.groupId,
          afterMs: 0,
          forMs: 30 * minute,
        })),
      },
    });
    emulator.clock.advance(5 * minute);
    expect(scaled(emulator)).toHaveLength(made);
  });

  it("that is switched off does nothing", async () => {
    const { emulator, call } = await startServers({ world: growing });
    await call("DELETE", `/scaling-policy?server_group_id=${world.groupId}`);
    emulator.clock.advance(60 * minute);
    expect(streamingOf(emulator).servers.size).toBe(5);
  });
});

it("an emulator that goes on from a snapshot in the middle of a re-imaging ends as if it had not stopped", async () => {
  const { emulator, reimageAll, token } = await startServers();
  await reimageAll([first, second as string, third as string]);
  emulator.clock.advance(4 * minute);
  const snapshot = JSON.parse(JSON.stringify(emulator.snapshot()));
  const next = (await start({ snapshot })).emulator;
  for (const one of [emulator, next]) one.clock.advance(10 * minute);
  const headers = { "X-Auth-Token": token };
  const path = `/v1/${world.projectId}/app-servers`;
  expect((await send(next, "GET", path, { headers })).body).toEqual(
    (await send(emulator, "GET", path, { headers })).body,
  );
});
