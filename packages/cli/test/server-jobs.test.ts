import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { shortWaits, start, startTarget } from "./aps.ts";
import { pace } from "./fleet.ts";

const [first = "", second = ""] = (defaultWorld.appServers ?? []).map(({ id }) => id as string);
const image = "35998d9a-14f2-48fc-832b-6fc0074dc8f8";
const reimage = (...servers: readonly string[]) => [
  ...["app-server", "reimage", "--image-id", image, "--image-type", "private", "--os-type", "Windows"],
  ...servers.flatMap((id) => ["--server-ids", id]),
];

test("--wait says of each server what became of it, also of one that was refused", async () => {
  await using target = await startTarget();
  const run = await target.aps(...reimage(first, "nope"), "--wait", ...pace, "-o", "json");
  expect(run.code).toBe(1);
  expect(run.json()).toEqual({
    items: [
      { server_id: first, job_id: expect.stringMatching(/^\d+$/), result: "done" },
      { server_id: "nope", result: "refused", reason: expect.stringContaining("WKS.00211902") },
    ],
  });
  // The id is told before anything is waited for.
  expect(run.err).toMatch(new RegExp(`job \\d+ started for ${first}[^]*job SUCCESS`));
});

test("without --wait a refusal within the answer is no success, and the command to wait is told", async () => {
  await using target = await startTarget();
  const run = await target.aps(...reimage(first, "nope"));
  expect(run.code).toBe(1);
  const [, command = ""] = /Wait with: aps (server-job wait \d+)/.exec(run.err) ?? [];
  const waited = await target.aps(...command.split(" "), ...pace, "-o", "csv", "--no-headers");
  expect([waited.code, waited.out]).toEqual([0, expect.stringMatching(new RegExp(`^${first},\\d+,done,`))]);
});

test("a job that fails and a server that is deleted", async () => {
  await using target = await startTarget();
  const fail = { code: "WKS.00211401", message: "boom" };
  target.emulator.faults.add({ operation: "ReinstallServer", effect: { type: "job", fate: { fail } } });
  const failed = await target.aps("app-server", "reinstall-one", first, "--wait", ...pace);
  expect([failed.code, failed.out]).toEqual([3, expect.stringMatching(/failed +WKS\.00211401 boom/)]);
  const gone = await target.aps("app-server", "delete", second, "--yes", "--wait", ...pace, "-o", "json");
  expect([gone.code, gone.json().items]).toEqual([0, [expect.objectContaining({ server_id: second, result: "done" })]]);
});

test("Ctrl-C and the end of the time leave the job, and say how to wait for it", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "ReinstallServer", times: 2, effect: { type: "job", fate: { hang: true } } });
  const running = start(["app-server", "reinstall-one", first, "--wait", ...pace], target.environment);
  await running.said("job RUNNING");
  running.interrupt();
  const cut = await running.ended;
  expect([cut.code, cut.err]).toEqual([
    130,
    expect.stringMatching(/Interrupted\. Still running: job \d+\.\s+Wait with: aps server-job wait \d+/),
  ]);
  const late = ["app-server", "reinstall-one", second, "--wait", "--timeout", "0"];
  const timedOut = await start(late, target.environment, shortWaits).ended;
  expect([timedOut.code, timedOut.out]).toEqual([4, expect.stringContaining("running")]);
});
