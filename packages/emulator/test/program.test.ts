import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { defaultWorld, readWorld, unkindWorld } from "../src/index.ts";
import { world } from "./call.ts";
import { program, startProgram } from "./program.ts";
import { sign } from "./sign.ts";

const path = `/v1/${world.projectId}/image-servers`;
const time = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [program, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
const fileOf = async (text: string | Buffer) => {
  const file = join(await mkdtemp(join(tmpdir(), "aps-program-")), "file.json");
  await writeFile(file, text);
  return file;
};

describe("aps-emulator", () => {
  it("prints where it listens as its first line, and stops when it is told to", async () => {
    const emulator = await startProgram("--speed", "1000");
    expect(emulator.line).toMatch(/^aps-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    expect((await emulator.admin("clock")).status).toBe(200);
    expect(await emulator.stop()).toEqual([0, null]);
  });

  it("stops although a fault holds an answer back", async () => {
    const emulator = await startProgram();
    await emulator.admin("faults", { effect: { type: "delay", ms: 600_000 } });
    const held = fetch(`${emulator.url}${path}`).catch(() => "cut");
    while (((await (await emulator.admin("faults")).json()) as object[]).length > 0);
    expect(await emulator.stop()).toEqual([0, null]);
    expect(await held).toBe("cut");
  });

  it("warns of an address that others can reach", async () => {
    const emulator = await startProgram("--host", "0.0.0.0");
    await emulator.stop();
    expect(emulator.log()).toBe(
      "warning: 0.0.0.0 can be reached from other machines, and the keys of the emulator are public\n",
    );
  });

  it("says what of --world is used when a state file is there", async () => {
    const [worldFile, state] = [await fileOf(JSON.stringify(defaultWorld)), join(await fileOf(""), "..", "state.json")];
    await (await startProgram("--quiet", "--state-file", state)).stop();
    const emulator = await startProgram("--quiet", "--state-file", state, "--world", worldFile);
    await emulator.stop();
    expect(emulator.log()).toBe(`note: goes on from ${state}; of --world, only the users, faults and rules are used\n`);
  });

  it("shows how it is used, its version, and a world to start from", async () => {
    const help = await run("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const line of help.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    const manifest = JSON.parse(await readFile(join(import.meta.dirname, "..", "package.json"), "utf8"));
    expect((await run("--version")).stdout).toBe(`${manifest.version}\n`);
    expect(readWorld((await run("--print-world")).stdout)).toEqual(defaultWorld);
  });

  it("refuses what it cannot take, says why, and leads to its help", async () => {
    const { code, stdout, stderr } = await run("--speed", "-1");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe('aps-emulator: --speed must be a number from 0; given was "-1"\nTry aps-emulator --help.\n');
  });

  it.each([
    ["--world", "{}", "world.projects must be a list"],
    [
      "--world",
      '{"projects":[],"users":[],"servers":[{"id":"a","projectId":"p","name":"n"}]}',
      "server a names project p",
    ],
    ["--state-file", "{}", "The file is not a state that an emulator has kept."],
    ["--state-file", '{"version":1}', "The snapshot has version 1; known is version 4."],
  ])("refuses a file for %s that holds %s", async (option, text, message) => {
    const { code, stderr } = await run(option, await fileOf(text));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^aps-emulator: .*\n(Try aps-emulator --help\.\n)?$/);
    expect(stderr).toContain(message);
  });

  it("takes a world as any editor has saved it, and says when it is in UTF-16", async () => {
    const marked = await startProgram("--world", await fileOf(`\ufeff${JSON.stringify(defaultWorld)}`));
    expect(await marked.stop()).toEqual([0, null]);
    const { code, stderr } = await run("--world", await fileOf(Buffer.from("\ufeff{}", "utf16le")));
    expect(code).toBe(2);
    expect(stderr).toContain("The file is in UTF-16; save it as UTF-8.");
  });

  it("prints project, server, keys and user of its world", async () => {
    const own = {
      projects: [{ id: "p1", name: "la-south-2" }],
      users: [{ name: "u", domain: "d", accessKeys: [{ id: "KEY", secret: "SECRET" }] }],
      servers: [{ id: "s1", projectId: "p1", name: "s" }],
    };
    const emulator = await startProgram("--world", await fileOf(JSON.stringify(own)));
    await emulator.stop();
    expect(emulator.out().trimEnd().split("\n").slice(1)).toEqual([
      "  project       p1 (la-south-2)",
      "  image server  s1",
      "  access key    KEY",
      "  secret        SECRET",
    ]);
  });

  it("is unkind when it is told to, the same for the same seed", async () => {
    const emulator = await startProgram("--unkind=7", "--skew", "-3600");
    const faults = (await (await emulator.admin("faults")).json()) as object[];
    const clock = (await (await emulator.admin("clock")).json()) as object;
    await emulator.stop();
    expect(faults).toHaveLength(unkindWorld(defaultWorld, 7).faults?.length ?? 0);
    expect(clock).toMatchObject({ skewMs: -3_600_000 });
  });

  it("refuses a port that is taken", async () => {
    const emulator = await startProgram();
    const { code, stderr } = await run("--port", new URL(emulator.url).port);
    await emulator.stop();
    expect(code).toBe(2);
    expect(stderr).toContain("EADDRINUSE; --port 0 picks a free one");
  });
});

describe("the log", () => {
  it("is JSON for a program that reads it", async () => {
    const emulator = await startProgram("--log", "json");
    await fetch(`${emulator.url}${path}`);
    await emulator.stop();
    expect(JSON.parse(emulator.log())).toMatchObject({
      method: "GET",
      path,
      status: 401,
      durationMs: expect.any(Number),
    });
  });

  it("has a line for each request, without a secret", async () => {
    const emulator = await startProgram();
    const { init } = sign({ method: "GET", path, ...world.key, securityToken: "secret-token" });
    await fetch(`${emulator.url}${path}?server_name=secret-name`, init);
    const token = await emulator.token();
    await emulator.call(`/image-servers/${world.serverId}/actions/recreate-image`, token, { name: "secret-body" });
    await emulator.admin("clock", { advance: 1 });
    await emulator.stop();
    const lines = emulator.log().trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(
        `^${time}  GET ${path}  401  [\\d.]+ ms  ListImageServers  APIGW.0301 .*X-Security-Token is not of this AK`,
      ),
      expect.stringMatching(/Z {2}POST \/v3\/auth\/tokens {2}201 {2}[\d.]+ ms {2}KeystoneCreateUserTokenByPassword$/),
      expect.stringMatching(/Z {2}POST .*recreate-image {2}200 {2}[\d.]+ ms {2}RecreateServerImage$/),
      expect.stringMatching(/Z {2}POST \/__emulator\/clock {2}400 {2}[\d.]+ ms {2}advance is not known/),
    ]);
    for (const secret of ["secret-", token, world.key.secret, world.user.password])
      expect(emulator.log()).not.toContain(secret);
  });

  it("tells a fault from an answer of its own, and a line from what a caller says", async () => {
    const emulator = await startProgram();
    await emulator.admin("faults", { operation: "ListImageServers", effect: { type: "cut", afterWork: true } });
    await fetch(`${emulator.url}${path}`).catch(() => {});
    const token = await emulator.token();
    const forged = { name: "a", "\u001b[2J\nGET /forged  200": 1 };
    await emulator.call(`/image-servers/${world.serverId}/actions/recreate-image`, token, forged);
    await emulator.stop();
    const lines = emulator.log().trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/ {2}cut {2}[\d.]+ ms {2}ListImageServers {2}by fault 1/);
    expect(lines[3]).toContain("(?[2J?GET /forged  200)");
  });
});
