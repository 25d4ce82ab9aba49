import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { commands } from "../src/generated/commands.ts";
import { projectId, serverId, start, startTarget, watchedClock } from "./aps.ts";

const pace = ["--wait", "--interval", "20ms"];
const createServer = commands.find(({ operationId }) => operationId === "CreateImageServer")?.example ?? [];

test("a server is created, waited for, and deleted, without a look at the console", async () => {
  await using target = await startTarget();
  const created = await target.aps(...createServer, ...pace);
  expect(created.code).toBe(0);
  const [, id = ""] = /^server +(\d{18})$/m.exec(created.out) ?? [];
  expect(created.out).toMatch(/^job {5}\d{18}\nserver {2}\d{18}\nname {4}镜像任务0508\ntook {4}\d/);
  expect((await target.aps("server", "show", id)).out).toMatch(/^status +ACTIVE$/m);
  const deleted = await target.aps("server", "delete", id, "--recursive", "--yes", ...pace, "-o", "json");
  expect(deleted.code).toBe(0);
  expect(deleted.json()).toMatchObject({
    job_type: "DELETE_SERVER",
    end_time: expect.any(String),
    items: [{ id, name: "镜像任务0508", result: "done" }],
  });
  expect((await target.aps("server", "show", id)).code).toBe(7);
});

test("without --wait a program gets the answer as it is, and people the command that waits", async () => {
  await using target = await startTarget();
  const run = await target.aps(...createServer, "-o", "json");
  expect(Object.keys(run.json())).toEqual(["job_id"]);
  expect(run.err).toMatch(/ 镜像任务0508 {2}job \d{18} started\n/);
  const waited = await target.aps("job", "wait", String(run.json().job_id), "--interval", "20ms", "-o", "json");
  expect(waited.json()).toMatchObject({
    jobId: run.json().job_id,
    jobType: "CREATE_SERVER",
    serverId: expect.stringMatching(/^\d{18}$/),
    serverName: "镜像任务0508",
  });
  const people = await target.aps("server", "delete", String(waited.json().serverId), "--recursive", "--yes");
  expect(people.err).toMatch(/\nWait for it with: aps job wait \d{18}\n$/);
});

test("what a job made is named for what it is, whichever command waits for it", async () => {
  await using target = await startTarget();
  const { job_id } = (await target.aps(...createServer, "-o", "json")).json();
  const run = await target.aps("image", "wait", String(job_id), "--interval", "20ms");
  expect(run.out).toMatch(/^server +\d{18}$/m);
  expect(run.out).not.toContain("image");
});

test("a job that has ended is not waited for", async () => {
  await using target = await startTarget({ jobs: "instant" });
  const { jobId } = (await target.aps("image", "create", serverId, "--name", "a", "-o", "json")).json();
  const run = await start(["image", "wait", String(jobId)], target.environment, watchedClock()).ended;
  expect(run.code).toBe(0);
});

test("a job that failed in creating a server gives exit code 3", async () => {
  await using target = await startTarget();
  const fate = { fail: { code: "WKS.00010099", message: "Not opened." } };
  target.emulator.faults.add({ operation: "CreateImageServer", effect: { type: "job", fate } });
  const run = await target.aps(...createServer, ...pace);
  expect([run.code, run.err]).toEqual([3, expect.stringContaining("aps error WKS.00010099")]);
});

test.each([
  [["image", "create", serverId, "--name", "a", "--timeout", "5m"], "--timeout goes with --wait"],
  [["server", "delete", serverId, "--recursive", "--interval", "5s"], "--interval goes with --wait"],
  [["server", "delete", serverId, "--recursive", "--wait", "--timeout", "soon"], "--timeout must be a duration"],
])("%j is refused before anything is sent", async (args, says) => {
  await using target = await startTarget();
  const run = await target.aps(...args);
  expect([run.code, run.err]).toEqual([2, expect.stringContaining(says)]);
  expect(target.emulator.requests).toHaveLength(0);
});

test("--all lists every page, also as one document", async () => {
  const servers = Array.from({ length: 250 }, (_, index) => ({
    id: `server-${index}`,
    projectId,
    name: `server-${index}`,
  }));
  await using target = await startTarget({ world: { ...defaultWorld, servers } });
  expect((await target.aps("server", "list")).err).toBe("10 of 250; see --all, or --offset and --limit\n");
  const people = await target.aps("server", "list", "--all");
  expect(people.out.trimEnd().split("\n")).toHaveLength(251);
  const { count, items } = (await target.aps("server", "list", "--all", "--limit", "40", "-o", "json")).json();
  expect([count, new Set((items as unknown as { id: string }[]).map(({ id }) => id)).size]).toEqual([250, 250]);
});

test("a list leaves out the columns that were asked for, because they are the same in every row", async () => {
  await using target = await startTarget({ jobs: "instant" });
  await target.aps("image", "create", serverId, "--name", "a");
  const titles = async (...args: string[]) =>
    (await target.aps("job", "list", "--job-type", "CREATE_SERVER_IMAGE", ...args)).out.split("\n")[0]?.split(/ {2,}/);
  expect(await titles()).toEqual(["ID", "STATUS", "BEGIN TIME", "TOOK", "MADE", "MADE ID", "SERVER NAME"]);
  expect(await titles("--status", "SUCCESS")).toEqual(["ID", "BEGIN TIME", "TOOK", "MADE", "MADE ID", "SERVER NAME"]);
});

test("a run has one client, which looks the project up once, and --wide adds every field to what jobs made", async () => {
  await using target = await startTarget({ jobs: "instant" });
  const { APS_PROJECT_ID: _, ...environment } = target.environment;
  const lookedUp = () =>
    target.emulator.requests.filter(({ operationId }) => operationId === "KeystoneListProjects").length;
  await start(["image", "create", serverId, "--name", "a", "--if-exists", "fail"], environment).ended;
  expect(lookedUp()).toBe(1);
  const jobs = await start(["job", "list", "--job-type", "", "--wide"], environment).ended;
  expect(lookedUp()).toBe(2);
  const [titles = "", row = ""] = jobs.out.split("\n").map((line) => line.split(/ {2,}/));
  expect(titles.slice(-4)).toEqual(["SUB JOBS TOTAL", "MADE", "MADE ID", "SERVER NAME"]);
  expect(row.at(-3)).toBe("a");
});
