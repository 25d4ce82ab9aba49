import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { node, program, secret, serverId, start, startProcess, startTarget, watchedClock } from "./aps.ts";

/** Every way to end, and what it takes to get there. */
const ends: readonly (readonly [args: readonly string[], code: number])[] = [
  [["server", "list"], 0],
  [["server", "list", "--all"], 0],
  [["server", "update", serverId, "--name", "x"], 0],
  [["error", "503"], 0],
  [["policy", "image", "create"], 0],
  [["image", "create", serverId, "--name", "a", "--dry-run"], 0],
  [["image", "create", serverId, "--name", "a", "--curl"], 0],
  [["image", "create", "--from", "examples/servers.csv", "--dry-run"], 0],
  [["image", "create", "--from", "examples/servers.csv", "--curl"], 0],
  [["image", "create", serverId, "--name", "a", "--wait", "--interval", "20ms"], 0],
  [["server", "show", "nope"], 7],
  [["image", "wait", "1", "2", "--interval", "20ms"], 7],
  [["image", "create", serverId, "--name", "a/b"], 2],
  [["image", "create", "--from", "no-such-file"], 2],
  [["image", "create", "--nmae"], 2],
  [["imgae"], 2],
  [["image", "wait"], 2],
  [["server", "create"], 2],
];

test.each(ends)("aps %j --output json: one JSON document, exit code %d", async (args, code) => {
  await using target = await startTarget();
  // A job that is not there yet is looked for a while; all else has the time that it needs on a busy machine.
  const clock = args.includes("wait") ? watchedClock(1_000) : {};
  const run = await start([...args, "--output", "json"], target.environment, clock).ended;
  expect([run.code, run.err]).toEqual([code, expect.anything()]);
  const document = run.json();
  if (code === 0) expect(document).not.toHaveProperty("error");
  else
    for (const one of Array.isArray(document) ? document : [document])
      expect(one.error).toMatchObject({ kind: expect.any(String), message: expect.any(String), exitCode: code });
});

test("a reader that leaves early, as head does, is no failure and hears nothing", () => {
  const run = spawnSync("bash", ["-c", `set -o pipefail; "${node}" "${program}" error | head -1`]);
  expect([run.status, String(run.stdout).slice(0, 4), String(run.stderr)]).toEqual([0, "CODE", ""]);
});

test.runIf(existsSync("/dev/full"))("a result that cannot be written is not lost", async () => {
  await using target = await startTarget();
  const run = await startProcess(["image", "create", serverId, "--name", "a", "-o", "json"], target.environment, {
    stdout: "/dev/full",
  }).ended;
  expect(run.code).toBe(1);
  expect(run.err).toMatch(/^aps: the result cannot be written \(ENOSPC\)\. It is:\n\{\n {2}"job_id": "\d{18}",\n/m);
});

test.each(["SIGTERM", "SIGHUP"] as const)("aps emulator leaves no emulator behind after %s", async (signal) => {
  const run = startProcess(["emulator", "--port", "0"], { HUAWEICLOUD_SDK_SK: secret });
  await run.said("In another shell:");
  if (process.platform === "linux") {
    const children = await readFile(`/proc/${run.process.pid}/task/${run.process.pid}/children`, "utf8");
    // It needs no keys, so that nobody finds them there.
    expect(await readFile(`/proc/${children.trim()}/environ`, "utf8")).not.toContain(secret);
  }
  const [url = ""] = /http:\S+/.exec(run.err()) ?? [];
  expect((await fetch(`${url}/__emulator/state`)).status).toBe(200);
  run.interrupt(signal);
  expect((await run.ended).code).toBe(0);
  await expect(fetch(`${url}/__emulator/state`)).rejects.toThrow("fetch failed");
});

test("aps emulator --speed names the speed for the other shell", async () => {
  const run = startProcess(["emulator", "--port", "0", "--speed", "100"]);
  await run.said("--wait\n");
  run.interrupt();
  expect((await run.ended).err).toContain("export APS_SPEED=100\n");
});
