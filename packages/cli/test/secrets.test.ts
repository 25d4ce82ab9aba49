import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { connectionOptions } from "../src/arguments/option.ts";
import { commands } from "../src/generated/commands.ts";
import { barrier, secret, serverId, start, startProcess, startTarget } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

const securityToken = "aps-security-token-of-the-test";

test("no option takes a secret", () => {
  const names = [...connectionOptions, ...commands.flatMap(({ flags }) => flags)].map(({ name }) => name);
  for (const name of names) expect(name).not.toMatch(/secret|password|token|access-key/);
});

test.each([
  ["a success", ["server", "list"]],
  ["a refusal", ["server", "show", "nope"]],
  ["a dry run", ["image", "create", serverId, "--name", "a", "--dry-run"]],
  ["a curl command", ["image", "create", serverId, "--name", "a", "--curl"]],
  ["an unreachable service", ["server", "list", "--endpoint", "http://127.0.0.1:9"]],
  ["wrong usage", ["server", "list", "--token", "x"]],
  ["a list of requests", ["image", "create", "--from", "examples/servers.csv", "--curl"]],
  ["a failed wait", ["image", "wait", "1"]],
  ["a log of every request", ["image", "create", serverId, "--name", "a", "--debug"]],
  ["a log of every request in JSON", ["server", "list", "--debug", "--log-format", "json"]],
  ["the doctor", ["doctor", "--for", "image create", "--debug"]],
])("%s prints no secret, in either format", async (_title, args) => {
  await using target = await startTarget();
  const environment = { ...target.environment, HUAWEICLOUD_SDK_SECURITY_TOKEN: securityToken, APS_SPEED: "50" };
  for (const format of ["table", "json"]) {
    const { out, err } = await start([...args, "--output", format], environment).ended;
    expect(out + err).not.toBe("");
    expect(out + err).not.toContain(secret);
    expect(out + err).not.toContain(securityToken);
  }
});

test.runIf(process.platform === "linux")("the process list shows no secret", async () => {
  const { sleep, open } = barrier();
  await using target = await startTarget({ sleep });
  target.emulator.faults.add({ operation: "ListImageServers", effect: { type: "delay", ms: 1 } });
  const running = startProcess(["server", "list"], target.environment);
  while (target.emulator.faults.list().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const shown = await readFile(`/proc/${running.process.pid}/cmdline`, "utf8");
  open();
  expect(shown).toContain("server\0list");
  expect(shown).not.toContain(secret);
  expect((await running.ended).code).toBe(0);
});

test.each([`http://u:${secret}@127.0.0.1:9`, `http://u:${secret}@127.0.0.1:9/?q`, `u:${secret}@host`])(
  "a password in --endpoint is refused and not repeated: %s",
  async (endpoint) => {
    const run = await start(["server", "list", "-o", "json"], { APS_ENDPOINT: endpoint, APS_REGION: "x" }).ended;
    expect([run.code, run.err]).toEqual([2, expect.stringContaining("must not contain a user name or password")]);
    expect(run.out + run.err).not.toContain(secret);
  },
);

test("a fleet leaves no secret on the disk, not even when it is cut off", async () => {
  await using fleet = await startFleet(3);
  fleet.emulator.faults.add({ operation: "RecreateServerImage", from: 2, effect: { type: "delay", ms: 30_000 } });
  const environment = { ...fleet.environment, HUAWEICLOUD_SDK_SECURITY_TOKEN: "" };
  const junit = `${fleet.folder}/junit.xml`;
  const running = start(["image", "create", "--from", await fleet.list(3), "--junit", junit, ...pace], environment);
  await running.said("made");
  running.interrupt();
  await running.said("Ctrl-C again");
  const written = await readdir(fleet.folder);
  expect(written).toEqual(expect.arrayContaining(["servers.csv.journal", "servers.csv.journal.lock"]));
  running.interrupt();
  const { out, err } = await running.ended;
  const texts = await Promise.all(written.map((name) => readFile(`${fleet.folder}/${name}`, "utf8")));
  for (const text of [out, err, ...texts]) expect(text).not.toContain(secret);
});
