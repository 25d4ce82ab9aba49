import { describe, expect, it } from "vitest";
import { defaultWorld } from "../src/index.ts";
import { start, world } from "./call.ts";

const minute = 60_000;
const [project] = defaultWorld.projects;
const ids = ["a", "b"];
const servers = ids.map((id) => ({ id, projectId: project?.id ?? "", name: id }));

async function startDeleting(options: { recursive: boolean; world?: object; fate?: object }) {
  const started = await start({ world: { ...defaultWorld, servers, ...options.world } });
  const { emulator, call } = started;
  if (options.fate !== undefined) emulator.faults.add({ effect: { type: "job", fate: options.fate as never } });
  const { recursive } = options;
  const { body } = await call("PATCH", "/image-servers/actions/batch-delete", { items: ids, recursive });
  emulator.clock.advance(30 * minute);
  const job = (await call("GET", `/image-server-jobs/${body.job_id}`)).body;
  const state = emulator.state.projects.get(world.projectId);
  return {
    ...started,
    job,
    servers: [...(state?.servers.keys() ?? [])],
    machinery: [...(state?.machinery.keys() ?? [])],
  };
}

describe("deleting image servers", () => {
  it("with recursive leaves nothing behind them", async () => {
    const { job, servers, machinery } = await startDeleting({ recursive: true });
    expect(job).toMatchObject({ status: "SUCCESS", sub_jobs_total: 2 });
    expect([servers, machinery]).toEqual([[], []]);
  });

  it("without it leaves what is behind them, which goes on to cost, and shows it", async () => {
    const { emulator, job, servers } = await startDeleting({ recursive: false });
    expect(job.status).toBe("SUCCESS");
    expect(servers).toEqual([]);
    const state = (await (await emulator.fetch("http://127.0.0.1/__emulator/state")).json()) as {
      projects: { leftBehind: object[] }[];
    };
    expect(state.projects[0]?.leftBehind).toEqual([
      expect.objectContaining({ imageServerId: "a", serverId: expect.stringMatching(/^wksapp-/) }),
      expect.objectContaining({ imageServerId: "b" }),
    ]);
  });

  it("with recursive fails in the job where somebody changed what is behind one, and the others are deleted", async () => {
    const changed = { servers: servers.map((server) => ({ ...server, linksChanged: server.id === "a" })) };
    const { call, job, servers: left } = await startDeleting({ recursive: true, world: changed });
    expect(job.status).toBe("FAILED");
    const outcomes = job.sub_jobs.map((subJob: { status: string; job_execute_info: { error_code: string } }) => [
      subJob.status,
      subJob.job_execute_info.error_code,
    ]);
    expect(outcomes).toEqual([
      ["FAILED", expect.stringMatching(/^WKS\./)],
      ["SUCCESS", ""],
    ]);
    expect(left).toEqual(["a"]);
    expect((await call("GET", "/image-servers/a")).body.status).toBe("ERROR");
  });

  it("without recursive does not mind that", async () => {
    const changed = { servers: servers.map((server) => ({ ...server, linksChanged: true })) };
    expect((await startDeleting({ recursive: false, world: changed })).job.status).toBe("SUCCESS");
  });

  it("fails in part when a fault says so", async () => {
    const fate = { fail: { code: "WKS.00211401", message: "stuck", servers: ["b"] } };
    const { job, servers: left } = await startDeleting({ recursive: true, fate });
    expect(job).toMatchObject({ status: "FAILED", sub_jobs: [{ status: "SUCCESS" }, { status: "FAILED" }] });
    expect(left).toEqual(["b"]);
  });

  it.each([
    ["CREATING", 400],
    ["ACTIVE", 200],
    ["BUILDING", 400],
    ["BUILT", 200],
    ["ERROR", 200],
    ["DELETING", 200],
  ])("one that is %s: %i", async (status, expected) => {
    const inState = servers.map((server) => ({ ...server, status }));
    const { call } = await start({ world: { ...defaultWorld, servers: inState } });
    const body = { items: ["a"], recursive: true };
    expect((await call("PATCH", "/image-servers/actions/batch-delete", body)).status).toBe(expected);
  });

  it("refuses the whole call for one that is BUILDING, and deletes none", async () => {
    const { call, recreate } = await start({ world: { ...defaultWorld, servers } });
    await recreate("b");
    const body = { items: ids, recursive: true };
    expect((await call("PATCH", "/image-servers/actions/batch-delete", body)).status).toBe(400);
    expect((await call("GET", "/image-servers/a")).body.status).toBe("ACTIVE");
  });

  it("that do not exist succeeds, and does nothing", async () => {
    const { emulator, call } = await start();
    const unknown = { items: ["52071768982601303451"], recursive: true };
    const { status, body } = await call("PATCH", "/image-servers/actions/batch-delete", unknown);
    expect(status).toBe(200);
    emulator.clock.advance(30 * minute);
    expect((await call("GET", `/image-server-jobs/${body.job_id}`)).body).toMatchObject({
      status: "SUCCESS",
      sub_jobs_total: 0,
      sub_jobs: [],
    });
  });
});
