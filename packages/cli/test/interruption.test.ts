import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { barrier, type Running, serverId, start, startProcess, startTarget, type Target, watchedClock } from "./aps.ts";

const create = ["image", "create", serverId, "--name", "office", "--wait"];

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s while the project is looked up: nothing is sent",
  async (signal) => {
    await using target = await startTarget();
    target.emulator.faults.add({ operation: "KeystoneListProjects", effect: { type: "delay", ms: 30_000 } });
    const { APS_PROJECT_ID: _, ...environment } = target.environment;
    const running = startProcess(create, environment);
    await used(target.emulator);
    running.interrupt(signal);
    const run = await running.ended;
    expect([run.code, run.out, run.err]).toEqual([130, "", "aps: Interrupted. Nothing was done.\n"]);
    expect(started(target)).toBe(0);
  },
);

test("Ctrl-C before a list is begun, while IAM hangs, is heard: nothing is sent, and no journal is left", async () => {
  const { sleep, open } = barrier();
  await using target = await startTarget({ sleep });
  target.emulator.faults.add({ operation: "KeystoneListProjects", effect: { type: "delay", ms: 1 } });
  const { APS_PROJECT_ID: _, ...environment } = target.environment;
  const folder = await mkdtemp(join(tmpdir(), "aps-interruption-"));
  const list = ["image", "create", "--from", "-", "--journal", join(folder, "images.journal")];
  const running = start(list, environment, { input: `server_id,name\n${serverId},office\n` });
  await used(target.emulator);
  running.interrupt();
  const run = await running.ended;
  open();
  expect([run.code, run.out, run.err]).toEqual([130, "", expect.stringContaining("aps: Interrupted.")]);
  expect(started(target)).toBe(0);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

test.each([
  [
    "the gateway throttles",
    { type: "answer", status: 429, headers: { "Retry-After": "30" }, body: {} },
    "status 429",
    // Something on the way may double a request, and only one of the two be throttled.
    /Interrupted\. RecreateServerImage was sent, and throttled.*\n +Look: aps server show/s,
  ],
  // The client first makes sure for half a minute that no job was started, whatever it is told.
  [
    "an answer is lost before the work",
    { type: "cut", afterWork: false },
    "the answer was lost",
    /aps: Interrupted\. Nothing was done\.\n/,
  ],
] as const)("Ctrl-C after %s: no request is sent again", async (_title, effect, heard, said) => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "RecreateServerImage", effect, times: 9 });
  const running = start(create, target.environment, { clock: watchedClock(1_000).clock });
  await running.said(heard);
  running.interrupt();
  const run = await running.ended;
  expect([run.code, run.err]).toEqual([130, expect.stringMatching(said)]);
  expect(started(target)).toBe(0);
});

test("Ctrl-C while aps doctor waits for a machine that is to give keys is heard", async () => {
  await using target = await startTarget();
  const silent = createServer();
  const asked = once(silent, "connection");
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const { HUAWEICLOUD_SDK_AK: _, HUAWEICLOUD_SDK_SK: __, ...environment } = target.environment;
  const { port } = silent.address() as AddressInfo;
  const running = start(["doctor"], { ...environment, APS_METADATA_ENDPOINT: `http://127.0.0.1:${port}` });
  const [socket] = await asked;
  running.interrupt();
  const run = await running.ended;
  expect([run.code, run.out, run.err]).toEqual([130, "", expect.stringContaining("aps: Interrupted.")]);
  socket.destroy();
  silent.close();
});

test("Ctrl-C while the service cannot be reached ends at once", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "KeystoneListProjects", effect: { type: "delay", ms: 1 } });
  const { APS_PROJECT_ID: _, ...environment } = target.environment;
  const gone = await startTarget();
  await gone[Symbol.asyncDispose]();
  const endpoints = {
    APS_IAM_ENDPOINT: String(environment.APS_ENDPOINT),
    APS_ENDPOINT: String(gone.environment.APS_ENDPOINT),
  };
  const { clock, waiting } = watchedClock();
  const running = start(create, { ...environment, ...endpoints }, { clock });
  await waiting;
  running.interrupt();
  expect((await running.ended).code).toBe(130);
});

test("Ctrl-C while the request is under way waits for its answer, and names the job", async () => {
  const { sleep, open } = barrier();
  await using target = await startTarget({ sleep });
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 1 } });
  const running = start([...create, "-o", "json"], target.environment);
  await used(target.emulator);
  running.interrupt();
  await running.said("Waiting for the answer");
  open();
  const run = await running.ended;
  expect(run.code).toBe(130);
  expect(run.json()).toMatchObject({ jobId: expect.stringMatching(/^\d{18}$/), error: { kind: "InterruptedError" } });
});

test.each([
  ["image create", create, "aps server show"],
  ["server delete", ["server", "delete", serverId, "--recursive", "--yes"], "aps job list --job-type DELETE_SERVER"],
])("two Ctrl-C while %s is under way say what is not known, and how to find out", async (_title, args, look) => {
  await using target = await startTarget();
  for (const operation of ["RecreateServerImage", "BatchDeleteImageServer"])
    target.emulator.faults.add({ operation, effect: { type: "delay", ms: 30_000 } });
  const running = startProcess([...args, "-o", "json"], target.environment);
  await used(target.emulator, 1);
  await twice(running, "Waiting for the answer");
  const run = await running.ended;
  expect(run.code).toBe(130);
  expect(run.err).toContain("given up before the answer came. The service may have done it.");
  expect(run.err).toContain(`Look: ${look}`);
  expect(run.json()).toMatchObject({ error: { kind: "InterruptedError", exitCode: 130 } });
});

test("Ctrl-C while waiting for several jobs says it once, with one command for all", async () => {
  await using target = await startTarget();
  const { jobId } = (await target.aps("image", "create", serverId, "--name", "a", "-o", "json")).json();
  target.emulator.faults.add({ operation: "ShowImageJob", effect: { type: "delay", ms: 30_000 }, times: 9 });
  const running = start(["image", "wait", String(jobId), "697354472828968960"], target.environment);
  await used(target.emulator, 7);
  running.interrupt();
  const run = await running.ended;
  expect(run.code).toBe(130);
  expect(run.err.match(/Interrupted/g)).toHaveLength(1);
  expect(run.err).toContain(`Wait for them with: aps image wait ${jobId} 697354472828968960\n`);
});

/** Resolves once faults have been used up to the number that is to be left. */
async function used({ faults }: Emulator, rest = 0): Promise<void> {
  const count = () => faults.list().reduce((sum, { left = 0 }) => sum + left, 0);
  while (count() > rest) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Interrupts a run, and again when it has said that it heard. */
async function twice(running: Running, heard: string): Promise<void> {
  running.interrupt();
  await running.said(heard);
  running.interrupt();
}

/** How many jobs were started. */
function started({ emulator }: Target): number {
  return [...emulator.state.projects.values()].reduce((sum, { jobs }) => sum + jobs.size, 0);
}
