import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { barrier, secret, serverId, shortWaits, start, startTarget, watchedClock } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

const securityToken = "aps-security-token-of-the-test";

test("--debug tells every request, its answer, and where the keys are from, and no secret", async () => {
  await using target = await startTarget();
  const environment = { ...target.environment, HUAWEICLOUD_SDK_SECURITY_TOKEN: securityToken };
  for (const [args, variables] of [
    [["--debug"], {}],
    [[], { APS_DEBUG: "1" }],
  ] as const) {
    const { err, out } = await start(["server", "list", "-o", "json", ...args], { ...environment, ...variables }).ended;
    expect(err).toMatch(/Credentials from HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK: access key APSE\.\.SKEY/);
    expect(err).toMatch(/> GET http:\/\/127\.0\.0\.1:\d+\/v1\/[0-9a-f]{32}\/image-servers\?\S*limit=100\S* {2}/);
    expect(err).toMatch(/< \d{3} in \d+\.\d s .*x-request-id: [0-9a-f]{32}/);
    expect(err).toContain("authorization: ***");
    expect(err + out).not.toContain(secret);
    expect(err + out).not.toContain(securityToken);
    expect(err + out).not.toContain("APSEMULATORACCESSKEY");
  }
});

test("every repeat is told with its pause, and the error says how often and how long", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({
    operation: "ListImageServers",
    times: 9,
    effect: { type: "answer", status: 503, body: {} },
  });
  const run = await start(["server", "list", "-o", "json", "--retries", "2"], target.environment, shortWaits).ended;
  expect(run.err.match(/Z {2}ListImageServers: status 503; next try in \d/g)).toHaveLength(2);
  expect(run.err).toMatch(/\(2 of 3\)\n[\s\S]*\(3 of 3\)\n/);
  expect(run.json().error).toMatchObject({
    exit_code: 5,
    status: 503,
    attempts: 3,
    message: expect.stringContaining("Tried 3 times in"),
  });
  expect(target.emulator.requests).toHaveLength(3);
});

test("an answer that takes longer than two seconds is told of, and one that never comes is no job that timed out", async () => {
  const { sleep, open } = barrier();
  await using target = await startTarget({ sleep });
  target.emulator.faults.add({ operation: "ListImageServers", times: 9, effect: { type: "delay", ms: 1 } });
  const args = ["server", "list", "--request-timeout", "300ms", "--retries", "0"];
  const running = start(args, target.environment, shortWaits);
  const run = await running.ended;
  open();
  expect(run.code).toBe(5);
  expect(run.err).toContain("no answer within 0.3 s");
  expect(run.err).toContain("wait longer with --request-timeout");
});

test("a wait for an answer is a line where nothing moves", async () => {
  const { sleep, open } = barrier();
  await using target = await startTarget({ sleep });
  target.emulator.faults.add({ operation: "ListImageServers", effect: { type: "delay", ms: 1 } });
  const running = start(["server", "list"], target.environment, watchedClock(100));
  await running.said("ListImageServers: no answer yet after");
  open();
  expect((await running.ended).code).toBe(0);
});

test("--quiet leaves errors alone, and --log-format json makes an object of every line", async () => {
  await using target = await startTarget();
  const create = ["image", "create", serverId, "--name", "a", "--wait", ...pace];
  const quiet = await start([...create, "--quiet", "-o", "json"], target.environment).ended;
  expect([quiet.code, quiet.err, quiet.json().image_name]).toEqual([0, "", "a"]);
  const failed = await target.aps("server", "show", "nope", "--quiet");
  expect(failed.err).toContain("status 404");
  const logged = await start([...create.with(4, "b"), "--log-format", "json"], target.environment).ended;
  const lines = logged.err
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({
    time: expect.stringMatching(/Z$/),
    level: "info",
    job_id: expect.stringMatching(/^\d{18}$/),
  });
  const refused = await target.aps("server", "show", "nope", "--log-format", "json");
  expect(JSON.parse(refused.err)).toMatchObject({ level: "error", status: 404, exit_code: 7 });
});

test("the id of a job is on the error stream as soon as there is one, whatever the form of the result", async () => {
  await using target = await startTarget();
  target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { hang: true } } });
  const running = start(
    ["image", "create", serverId, "--name", "k9", "--wait", "-o", "json", ...pace],
    target.environment,
  );
  await running.said("started");
  expect(running.err()).toMatch(/^\S+Z {2}k9 {2}job \d{18} started\n/);
  running.interrupt();
  await running.ended;
});

test("on GitHub an error is an annotation, and what became of images is in the summary of the job", async () => {
  await using fleet = await startFleet(1);
  const GITHUB_STEP_SUMMARY = join(fleet.folder, "summary.md");
  await appendFile(GITHUB_STEP_SUMMARY, "before\n");
  const environment = { ...fleet.environment, GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY };
  const refused = await start(["server", "show", "nope"], environment).ended;
  expect(refused.err).toMatch(/^::error title=aps::ShowImageServer: refused with status 404 .*$/m);
  const made = await start(["image", "create", "--from", await fleet.list(1), ...pace], environment).ended;
  expect(made.err).toMatch(/^::group::Progress of aps image create\n[\s\S]* {2}made {2}[\s\S]*\n::endgroup::\n/m);
  const summary = await readFile(GITHUB_STEP_SUMMARY, "utf8");
  expect(summary).toMatch(
    /^before\n### Images\n\n1 made\.\n[\s\S]*\| server-0 \| office-0 \| made \| [0-9a-f-]{36} \| {2}\|\n/,
  );
});

test("a wait that ends with a refusal says that the job goes on, and how to wait for it", async () => {
  await using target = await startTarget();
  const created = await target.aps("image", "create", serverId, "--name", "a", "-o", "id", "--quiet");
  const jobId = created.out.trim();
  expect(jobId).toMatch(/^\d{18}$/);
  const body = { error_code: "WKS.00081102", error_msg: "No permission." };
  const effect = { type: "answer", status: 403, body } as const;
  target.emulator.faults.add({ operation: "ShowImageJob", times: 9, effect });
  const run = await target.aps("image", "wait", jobId);
  expect([run.code, run.err]).toEqual([6, expect.stringContaining(`Wait for it with: aps image wait ${jobId}`)]);
  expect(run.err).toContain("The waiting has ended, and not the job");
});

test("a wrong id among several is told at once, and times are those of the job", async () => {
  await using target = await startTarget({ jobs: "clock", speed: 1 });
  const created = await target.aps("image", "create", serverId, "--name", "a", "-o", "json", "--quiet");
  const args = ["image", "wait", String(created.json().job_id), "424242"];
  const running = start(args, target.environment, watchedClock(1_000));
  await running.said("job 424242: ");
  running.interrupt();
  expect((await running.ended).code).toBe(130);
});

test("APS_SPEED holds for this machine only, and is told", async () => {
  const environment = { APS_SPEED: "60", APS_REGION: "ap-southeast-1", APS_PROJECT_ID: "p", APS_PROXY: "127.0.0.1:9" };
  const keys = { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "b" };
  const elsewhere = await start(["server", "list", "--retries", "0"], { ...environment, ...keys }).ended;
  expect([elsewhere.code, elsewhere.err]).toEqual([
    5,
    expect.stringContaining("APS_SPEED=60 is for an emulator on this machine"),
  ]);
  await using target = await startTarget();
  const here = await start(["image", "create", serverId, "--name", "a", "--wait", ...pace], {
    ...target.environment,
    APS_SPEED: "60",
  }).ended;
  expect([here.code, here.err]).toEqual([0, expect.stringContaining("Times are divided by 60 (APS_SPEED).")]);
});

test("a profile file that others can read is told of", async () => {
  await using target = await startTarget();
  const folder = await mkdtemp(join(tmpdir(), "aps-open-"));
  const HUAWEICLOUD_SDK_CREDENTIALS_FILE = join(folder, "credentials");
  await appendFile(HUAWEICLOUD_SDK_CREDENTIALS_FILE, `[basic]\nak = APSEMULATORACCESSKEY\nsk = ${secret}\n`, {
    mode: 0o644,
  });
  const run = await start(["server", "list", "--profile", "basic"], {
    ...target.environment,
    HUAWEICLOUD_SDK_CREDENTIALS_FILE,
  }).ended;
  expect(run.err).toContain(`chmod 600 ${HUAWEICLOUD_SDK_CREDENTIALS_FILE}`);
  await rm(folder, { recursive: true });
});
