import { spawnSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { aps, environmentFor, node, program, serverId, start, startProcess, startTarget } from "./aps.ts";

test("policy prints the least identity policy, sorted, each action once", async () => {
  const { code, out } = await aps("policy", "ShowImageJob", "image create", "listimagejobs");
  expect(code).toBe(0);
  const [statement] = JSON.parse(out).Statement;
  expect(statement.Effect).toBe("Allow");
  expect(statement.Action).toEqual([...new Set(statement.Action as string[])].sort());
  expect(statement.Action).toEqual(
    expect.arrayContaining([
      "workspace:imageServer:recreate",
      "ims:serverImages:create",
      "workspace:images:listImageJobs",
    ]),
  );
  expect((await aps("policy", "RecreateServrImage")).err).toContain("Did you mean RecreateServerImage?");
});

test("a policy is a document of the identity-policy language, and a command may be typed in two words", async () => {
  const quoted = await aps("policy", "image create", "server delete", "job wait");
  expect((await aps("policy", "image", "create", "server", "delete", "job", "wait")).out).toBe(quoted.out);
  // The vendor's grammar: Version is "5.0"; a statement needs Effect and Action; without Resource it is for all.
  expect(JSON.parse(quoted.out)).toEqual({
    Version: "5.0",
    Statement: [{ Effect: "Allow", Action: expect.any(Array) }],
  });
  for (const action of JSON.parse(quoted.out).Statement[0].Action)
    expect(action).toMatch(/^[a-z]+:[A-Za-z]+:[A-Za-z]+$/);
  expect((await aps("policy", "image", "craete")).err).toContain("Did you mean image create?");
});

test.each(["server create", "server delete", "image create"])(
  "the policy of %s lets its job be waited for",
  async (name) => {
    expect((await aps("policy", name)).out).toContain("workspace:images:getImageJob");
  },
);

test("a policy that it prints is enough to make an image, also when an answer is lost", async () => {
  const { defaultWorld } = await import("@workspace-aps/emulator");
  const { out } = await aps("policy", "image create");
  const users = defaultWorld.users.map((user) => ({ ...user, actions: JSON.parse(out).Statement[0].Action }));
  await using target = await startTarget({ world: { ...defaultWorld, users } });
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
  const run = await target.aps("image", "create", serverId, "--name", "office", "--wait", "--interval", "20ms");
  expect([run.code, run.out]).toEqual([0, expect.stringContaining("image")]);
  expect((await target.aps("server", "list")).code).toBe(6);
});

test.each([
  [["ima"], "image"],
  [["image", "c"], "create"],
  [["image", "create", "--des"], "--description"],
  [["job", "list", "--status", "R"], "RUNNING"],
  [["server", "list", "--region", "ap-southeast-3"], "ap-southeast-3"],
  [["image", "create", "x", "--from", ""], ":files"],
  [["server", "create", "--no-"], "--no-is-vdi"],
  [["policy", "Recr"], "RecreateServerImage"],
  [["completion", "z"], "zsh"],
  [["job", "list", "--status=RUN"], "--status=RUNNING"],
  [["job", "list", "--status", "=", "RUN"], "RUNNING"],
  [["job", "list", "--status", "="], "RUNNING"],
  [["image", "create", "x", "--from="], ":files"],
  [["error", "IMG.000"], "IMG.0009"],
  [["emulator", "--sp"], "--speed"],
  [["emulator", "--world", ""], ":files"],
  [["help", "exit"], "exit-codes"],
  [["help", "image", "cr"], "create"],
])("completes %j with %s", async (typed, expected) => {
  const { out } = await aps("__complete", ...typed);
  expect(out.split("\n").map((line) => line.split("\t")[0])).toContain(expected);
});

test("completes ids of servers and jobs, with their names, as the service has them", async () => {
  await using target = await startTarget();
  await target.aps("image", "create", serverId, "--name", "a");
  const offered = async (...typed: string[]) => (await target.aps("__complete", ...typed)).out;
  for (const words of [
    ["server", "show"],
    ["image", "create"],
    ["server", "delete"],
  ])
    expect(await offered(...words, "")).toMatch(new RegExp(`^${serverId}\tgolden-image-builder `, "m"));
  expect(await offered("job", "wait", "")).toMatch(/^\d{18}\tCREATE_SERVER_IMAGE /m);
  expect((await aps("__complete", "server", "show", "")).out).toBe("");
});

test("ends where nothing listens: a request that failed is not waited for any more", async () => {
  const running = startProcess(["__complete", "server", "show", ""], environmentFor("http://127.0.0.1:9"));
  onTestFinished(() => void running.process.kill());
  const { code, out } = await running.ended;
  expect([code, out]).toEqual([0, ""]);
});

test("offers the emulator no option that it does not take", async () => {
  const offered = (await aps("__complete", "emulator", "--")).out.split("\n").map((line) => line.split("\t")[0]);
  const { out: help } = await aps("emulator", "--help");
  expect(offered.filter(Boolean)).toEqual([...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name));
});

test("colour goes to terminals only, unless it is asked for; NO_COLOR wins", async () => {
  await using target = await startTarget();
  const list = (environment: Record<string, string>) =>
    start(["server", "list"], { ...target.environment, ...environment }).ended;
  expect((await list({})).out).not.toContain("\u001b");
  expect((await list({ FORCE_COLOR: "1" })).out).toContain("\u001b[");
  expect((await list({ FORCE_COLOR: "1", NO_COLOR: "1" })).out).not.toContain("\u001b");
});

test("aps emulator starts an emulator, says how to reach it, and ends with Ctrl-C", async () => {
  const running = startProcess(["emulator", "--port", "0", "--jobs", "instant", "--quiet"]);
  await running.said("In another shell:");
  running.interrupt();
  const run = await running.ended;
  expect(run.code).toBe(0);
  expect(run.out).toMatch(/^aps-emulator listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  const endpoint = /APS_ENDPOINT=(\S+)/.exec(run.err)?.[1] ?? "";
  for (const [name, value] of Object.entries(environmentFor(endpoint)))
    expect(run.err).toContain(`export ${name}=${value}`);
});

test.each(["--help", "--version", "--print-world"])(
  "aps emulator %s starts none, so it names no address to use",
  async (option) => {
    const { code, out, err } = await aps("emulator", option);
    expect([code, err]).toEqual([0, ""]);
    expect(out).not.toContain("aps-emulator -");
  },
);

test("aps emulator speaks of itself by the command that was typed", async () => {
  expect((await aps("emulator", "--help")).out).toContain("Usage: aps emulator [options]");
  const wrong = await startProcess(["emulator", "--port", "x"]).ended;
  expect(wrong.code).toBe(2);
  expect(wrong.err).toMatch(/^aps emulator: --port .*\nTry aps emulator --help\.\n$/);
});

test.each([["--help"], ["image --help"], ["completion bash"], ["policy RecreateServerImage"]])(
  "aps %s into a pipe whose reader has left says nothing",
  (args) => {
    const { stderr } = spawnSync("bash", ["-c", `"${node}" "${program}" ${args} | true`]);
    expect(String(stderr)).toBe("");
  },
);

test("help and version", async () => {
  const version = await aps("--version");
  expect([version.code, version.out]).toEqual([
    0,
    expect.stringMatching(/^aps \d+\.\d+\.\d+ \(contract \d+\.\d+\.\d+\)\n$/),
  ]);
  expect((await aps("version")).out).toBe(version.out);
  const help = await aps("--help");
  expect([help.code, help.err]).toEqual([0, ""]);
  for (const words of [
    "image create",
    "image wait",
    "server list",
    "job show",
    "sub-job delete",
    "job wait",
    "error",
    "policy",
    "emulator",
    "completion",
  ]) {
    expect(help.out).toContain(`  ${words} `);
  }
  expect((await aps("image", "--help")).out).toContain("1 to 128 characters");
  expect((await aps("help", "image", "wait")).out).toContain("Usage: aps image wait");
});
