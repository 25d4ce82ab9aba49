import { describe, expect, it } from "vitest";
import { defaultWorld } from "../src/index.ts";
import { newServer, start, world } from "./call.ts";

const server = `/image-servers/${world.serverId}`;
const states = ["CREATING", "ACTIVE", "BUILDING", "BUILT", "ERROR", "DELETING"];

/** An emulator whose image server is in a state. */
function startIn(status: string) {
  const servers = defaultWorld.servers.map((one) => ({ ...one, status }));
  return start({ world: { ...defaultWorld, servers } });
}

describe.each([
  ["recreate-image", "POST", `${server}/actions/recreate-image`, { name: "image" }, ["ACTIVE", "BUILT"]],
  ["attach-app", "POST", `${server}/actions/attach-app`, { items: ["1"] }, ["ACTIVE", "BUILT"]],
  ["an update", "PATCH", server, { name: "renamed" }, states],
  ["a look", "GET", server, undefined, states],
  ["latest-attached-app", "GET", `${server}/actions/latest-attached-app`, undefined, states],
])("%s of an image server", (_what, method, path, body, allowed) => {
  it.each(states)("that is %s", async (status) => {
    const { call } = await startIn(status);
    const reply = await call(method, path, body);
    expect(reply.status).toBe(allowed.includes(status) ? 200 : 400);
    if (reply.status === 400) expect(reply.body.error_msg).toContain(`is ${status}; it must be ACTIVE or BUILT.`);
  });
});

describe("a job that advances with every look", () => {
  it.each([
    ["ShowImageJob", (jobId: string) => `/image-server-jobs/${jobId}`],
    ["ListImageJobs", () => "/image-server-jobs?job_type=CREATE_SERVER_IMAGE"],
    ["ListImageSubJobs", () => "/image-server-sub-jobs?job_type=CREATE_SERVER_IMAGE"],
    ["CountImageSubJobs", () => "/image-server-sub-jobs/actions/count"],
    ["ShowImageServer", () => server],
    ["ListImageServers", () => "/image-servers"],
  ])("ends for who looks by %s", async (_operation, pathOf) => {
    const { call, recreate, emulator } = await start({ jobs: "poll" });
    const { body } = await recreate(world.serverId);
    for (let look = 0; look < 3; look++) expect((await call("GET", pathOf(body.job_id))).status).toBe(200);
    expect(emulator.state.projects.get(world.projectId)?.jobs.get(body.job_id)?.status).toBe("SUCCESS");
  });
});

describe("a job that hangs", () => {
  it.each(["ABNORMAL", "ROLLBACK", "ABORTING", "SOMETHING_NEW"])("may show its sub-job as %s", async (subJobStatus) => {
    const { call, recreate, emulator } = await start();
    emulator.faults.add({ effect: { type: "job", fate: { hang: true, subJobStatus } } });
    const { body } = await recreate(world.serverId);
    emulator.clock.advance(86_000_000);
    const job = (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
    expect(job).toMatchObject({ status: "RUNNING", sub_jobs: [{ status: subJobStatus }] });
    expect(
      (await call("PATCH", "/image-server-sub-jobs/actions/batch-delete", { items: [job.sub_jobs[0].id] })).status,
    ).toBe(400);
  });

  it.each(["clock", "poll", "instant"] as const)("shows it to whoever looks all the while (%s)", async (jobs) => {
    const { call, recreate, emulator } = await start({ jobs });
    emulator.faults.add({ effect: { type: "job", fate: { hang: true, subJobStatus: "ROLLBACK" } } });
    const { body } = await recreate(world.serverId);
    const seen = new Set<string>();
    for (let look = 0; look < 5; look++) {
      const job = (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
      seen.add(`${job.status} ${job.sub_jobs[0].status}`);
      emulator.clock.advance(look === 0 ? 2_000 : 1_000_000);
    }
    expect([...seen]).toEqual(jobs === "instant" ? ["RUNNING ROLLBACK"] : ["WAITING WAITING", "RUNNING ROLLBACK"]);
  });
});

describe("a seed", () => {
  it("makes the same ids, however often somebody looks meanwhile", async () => {
    const run = async (looks: number) => {
      const { call, recreate, emulator } = await start({ seed: 7, startMs: 0 });
      const { body } = await recreate(world.serverId);
      for (let look = 0; look < looks; look++) await call("GET", `/image-server-jobs/${body.job_id}`);
      emulator.clock.advance(1_500_000);
      return (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
    };
    expect(await run(5)).toEqual(await run(0));
  });
});

it("a new image server belongs to the default enterprise project, whatever the request says", async () => {
  const { call, emulator } = await start();
  const request = { ...newServer, name: "farm", enterprise_project_id: "e1" };
  const { body } = await call("POST", "/image-servers", request);
  expect(body.job_id).toMatch(/^\d{18}$/);
  emulator.clock.advance(500_000);
  const { items } = (await call("GET", "/image-servers?server_name=farm&enterprise_project_id=0")).body;
  expect(items).toEqual([expect.objectContaining({ status: "ACTIVE", enterprise_project_id: "0" })]);
});
