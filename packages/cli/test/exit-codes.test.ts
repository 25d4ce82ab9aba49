import { createServer } from "node:net";
import { expect, test } from "vitest";
import { aps, environmentFor, serverId, start, startProcess, startTarget } from "./aps.ts";

const create = ["image", "create", serverId, "--name", "office"];
const wait = ["--wait", "--interval", "20ms"];

test("0: done", async () => {
  await using target = await startTarget();
  expect((await target.aps("server", "list")).code).toBe(0);
});

test("7: what was named does not exist, with the request id and what to do", async () => {
  await using target = await startTarget();
  const run = await target.aps("server", "show", "no-such-server");
  expect(run.code).toBe(7);
  expect(run.err).toMatch(/status 404 .*Request id: [0-9a-f]{32}/);
  expect(run.err).toContain("Correct the id.");
  expect(run.err).toContain("More about the code: aps error WKS.00211902");
  expect(run.err).toContain("More about the command: aps server show --help");
});

test("5: the service cannot be reached, and how often it was tried", async () => {
  const run = await start(["server", "list"], {
    ...environmentFor(`http://127.0.0.1:${await freePort()}`),
    APS_SPEED: "50",
  }).ended;
  expect(run.code).toBe(5);
  expect(run.err).toContain("ECONNREFUSED");
  expect(run.err).toMatch(/Tried 5 times in \d+\.\d s\./);
  expect(run.err.match(/next try in/g)).toHaveLength(4);
});

test("6: the permission is missing, and is named", async () => {
  const { defaultWorld } = await import("@workspace-aps/emulator");
  const users = defaultWorld.users.map((user) => ({ ...user, actions: ["workspace:imageServer:get"] }));
  await using target = await startTarget({ world: { ...defaultWorld, users } });
  const run = await target.aps(...create);
  expect(run.code).toBe(6);
  expect(run.err).toContain("workspace:imageServer:recreate");
  expect(run.err).toContain('aps policy "image create"');
});

test("1: a server in the wrong state, and the states that it may be in", async () => {
  await using target = await startTarget({ jobs: "clock" });
  await target.aps(...create);
  const run = await target.aps(...create.with(-1, "other"));
  expect([run.code, run.err]).toEqual([1, expect.stringContaining("must be ACTIVE or BUILT: aps server list")]);
  expect(run.err).toContain(`Image server ${serverId} is BUILDING, and must be ACTIVE or BUILT. Nothing was sent.`);
  expect(target.emulator.requests.filter(({ operationId }) => operationId === "RecreateServerImage")).toHaveLength(1);
});

test.each([
  [{ type: "answer", status: 503, body: {} }, 5, "Try again later."],
  [{ type: "answer", status: 404, body: {} }, 1, "may not be the service's. Check --endpoint, and a proxy on the way."],
  [{ type: "body", body: "html" }, 1, "may not be the service's. Check --endpoint, and a proxy on the way."],
] as const)(
  "the answer %j, with exit code %d, comes with advice, although it has no code",
  async (effect, code, advice) => {
    await using target = await startTarget();
    target.emulator.faults.add({ operation: "ListImageServers", times: 100, effect });
    const run = await start(["server", "list"], { ...target.environment, APS_SPEED: "50" }).ended;
    expect([run.code, run.err]).toEqual([code, expect.stringContaining(advice)]);
  },
);

test("5: the host that cannot be found is named, and the proxy that the variables name is used on every Node", async () => {
  const environment = { ...environmentFor("http://no-such-host.invalid"), APS_RETRIES: "0" };
  const direct = await start(["server", "list"], environment).ended;
  expect([direct.code, direct.err]).toEqual([5, expect.stringContaining("no-such-host.invalid")]);
  const proxied = await start(["server", "list"], { ...environment, HTTP_PROXY: "127.0.0.1:9" }).ended;
  expect([proxied.code, proxied.err]).toEqual([5, expect.stringContaining("HTTP_PROXY")]);
});

test("2: wrong usage", async () => {
  for (const args of [
    [],
    ["imgae", "create"],
    ["image", "craete"],
    ["image"],
    ["image", "create", "--nam", "x"],
    ["server", "list", "--output", "xml"],
  ]) {
    expect((await aps(...args)).code).toBe(2);
  }
  expect((await aps("imgae", "craete")).err).toContain("Did you mean aps image create?");
  expect((await aps("--verison")).err).toContain("Did you mean --version?");
});

test("2: no credentials: what was looked for, and where", async () => {
  const { HUAWEICLOUD_SDK_AK: _, HUAWEICLOUD_SDK_SK: __, ...environment } = environmentFor("http://127.0.0.1:9");
  const run = await start(["server", "list"], environment).ended;
  expect(run.code).toBe(2);
  expect(run.err).toContain("HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK not set");
  expect(run.err).toContain(".huaweicloud/credentials does not exist");
  expect(run.err).toContain("Metadata:");
});

test("2: half a key, which must not lead to the keys of another account", async () => {
  const { HUAWEICLOUD_SDK_SK: _, ...environment } = environmentFor("http://127.0.0.1:9");
  const run = await start(["server", "list"], environment).ended;
  expect(run.code).toBe(2);
  expect(run.err).toContain("HUAWEICLOUD_SDK_SK not set, although HUAWEICLOUD_SDK_AK is");
  expect(run.err).not.toContain(".huaweicloud/credentials does not exist");
});

test("2: an unknown region suggests the nearest", async () => {
  const { APS_ENDPOINT: _, ...environment } = environmentFor("");
  const run = await start(["server", "list", "--region", "ap-southest-1"], environment).ended;
  expect(run.code).toBe(2);
  expect(run.err).toContain("Did you mean ap-southeast-1?");
});

test("3: the job failed, with its code and what to do", async () => {
  await using target = await startTarget();
  const fate = { fail: { code: "IMG.0009", message: "The name exists." } };
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate } });
  const run = await target.aps(...create, ...wait, "-o", "json");
  expect(run.code).toBe(3);
  expect(run.err).toContain("IMG.0009 The name exists.");
  const document = run.json() as { jobId?: string; error?: { kind: string; exitCode: number; failures: unknown[] } };
  expect(document.jobId).toMatch(/^\d{18}$/);
  expect(document.error).toMatchObject({ kind: "JobFailedError", exitCode: 3, failures: [{ code: "IMG.0009" }] });
});

test("4: timed out, with the command that waits on", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { hang: true } } });
  const run = await target.aps(...create, ...wait, "--timeout", "100ms");
  expect(run.code).toBe(4);
  expect(run.err).toContain("has not ended within 0.1 s.");
  const jobId = /job +(\d{18})/.exec(run.out)?.[1];
  expect(run.err).toContain(`aps image wait ${jobId}`);
  const unseen = await target.aps("image", "wait", "424242", "--timeout", "100ms");
  expect([unseen.code, unseen.err]).toEqual([
    4,
    expect.stringContaining("has not been seen within 0.1 s. If it exists,"),
  ]);
});

test("130: Ctrl-C while waiting says which job goes on and how to wait for it", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { hang: true } } });
  const running = start([...create, ...wait], target.environment);
  await running.said("RUNNING");
  running.interrupt();
  const run = await running.ended;
  expect(run.code).toBe(130);
  const jobId = /job +(\d{18})/.exec(run.out)?.[1];
  expect(run.err).toContain(`Still running: job ${jobId}`);
  expect(run.err).toContain(`aps image wait ${jobId}`);
});

test.each([
  [["server", "list"], 0],
  [["server", "show", "nope"], 7],
  [["server", "show"], 2],
  [[...create, ...wait], 3],
])("the process ends with the code that the program gives it: aps %j, %d", async (args, code) => {
  await using target = await startTarget();
  target.emulator.faults.add({
    operation: "RecreateServerImage",
    effect: { type: "job", fate: { fail: { code: "IMG.0009", message: "Exists." } } },
  });
  expect((await startProcess(args, target.environment).ended).code).toBe(code);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
