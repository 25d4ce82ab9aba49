import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { start, watchedClock } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

const at = { now: () => Date.UTC(2026, 10, 29, 23, 30, 5), sleep: async () => {} };

test("names take the date, the time, the server and the name of the list, in a zone", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.list(2);
  const dry = (...args: string[]) =>
    start(["image", "create", "--from", list, "--dry-run", "-o", "json", ...args], fleet.environment, { clock: at })
      .ended;
  const names = async (...args: string[]) =>
    ((await dry(...args)).json() as unknown as { body: { name: string } }[]).map(({ body }) => body.name);
  expect(await names("--name", "{name}-{date}")).toEqual(["office-0-2026-11-29", "office-1-2026-11-29"]);
  expect(await names("--name", "{server}-{time}")).toEqual(["server-0-233005", "server-1-233005"]);
  expect(await names("--name", "{name}-{date}", "--time-zone", "Asia/Shanghai")).toEqual([
    "office-0-2026-11-30",
    "office-1-2026-11-30",
  ]);
  expect((await dry("--name", "{dat}")).err).toContain("Did you mean {date}?");
  expect((await dry("--name", "{name}", "--time-zone", "Mars")).err).toContain("must be the name of a time zone");
  expect((await dry("--name", "same")).err).toContain("unless it differs for each");
});

test("a run that goes on another day keeps the names with which it began", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.list(2);
  const journal = join(fleet.folder, "j");
  const args = ["image", "create", "--from", list, "--name", "{name}-{date}", "--journal", journal, ...pace];
  expect((await fleet.aps(...args)).code).toBe(0);
  const made = fleet.names();
  const later = { now: () => Date.now() + 7 * 86_400_000, sleep: watchedClock(1_000).clock.sleep };
  const again = await start([...args, "--resume"], fleet.environment, { clock: later }).ended;
  expect([again.code, fleet.names()]).toEqual([0, made]);
});

test("a log says why an image is refused, or waits, and no more than once a minute", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.file("bad.csv", "server_id,name\nserver-0,a\nserver-1,b\n");
  // The second server is at work already, which is looked into: another copy of the request might be the reason.
  await fleet.aps("image", "create", "server-1", "--name", "other");
  const effect = { type: "answer", status: 429, body: {}, headers: { "Retry-After": "1" } } as const;
  fleet.emulator.faults.add({ operation: "RecreateServerImage", effect });
  const { clock } = watchedClock(1_000);
  const run = await start(["image", "create", "--from", list, ...pace], fleet.environment, { clock }).ended;
  const log = run.err.replaceAll(/^\S+Z {2}/gm, "");
  expect(log).toMatch(/^a {2}throttled$/m);
  const looks = log.match(/^b {2}refused with status 400: whether it has started anything is not to be told yet$/gm);
  // It is looked for some two and a half minutes, every five to ten seconds.
  expect(looks?.length).toBeLessThan(5);
  expect(log).toMatch(/^b {2}refused {2}status 400 WKS\.\d+ {2}\(\d of 2\)$/m);
});

test("in a narrow terminal the summary of a list leaves out times and servers, and stays a table", async () => {
  await using fleet = await startFleet(3);
  const create = ["image", "create", "--from", await fleet.list(3), "--concurrency", "2", "--timeout", "1ms", "-q"];
  const terminal = { columns: 40, rows: 24 };
  const { out } = await start(create, { ...fleet.environment, NO_COLOR: "1" }, { terminal }).ended;
  expect(out).toMatch(/^NAME +RESULT +JOB\noffice-0 +timed out +\d{18}\n/);
});

test("one image has a journal too, and is made once however often it is asked for", async () => {
  await using fleet = await startFleet(1);
  const create = [
    "image",
    "create",
    "server-0",
    "--name",
    "office-{date}",
    "--journal",
    join(fleet.folder, "j"),
    ...pace,
    "-o",
    "json",
  ];
  const first = await fleet.aps(...create);
  expect([first.code, first.json().result]).toEqual([0, "made"]);
  const second = await fleet.aps(...create, "--resume");
  expect([second.code, second.json().image_id, fleet.names()]).toEqual([
    0,
    first.json().image_id,
    [expect.any(String)],
  ]);
});

test("--servers takes every server whose name matches", async () => {
  await using fleet = await startFleet(12);
  const args = [
    "image",
    "create",
    "--servers",
    "server-1*",
    "--name",
    "{name}-x",
    "--journal",
    join(fleet.folder, "j"),
    ...pace,
  ];
  expect((await fleet.aps(...args)).code).toBe(0);
  expect(fleet.names()).toEqual(["server-1-x", "server-10-x", "server-11-x"]);
});

test("wrong keys cost one request and its correction, and not one for each image", async () => {
  await using fleet = await startFleet(30);
  const environment = { ...fleet.environment, HUAWEICLOUD_SDK_SK: "wrong" };
  const run = await start(["image", "create", "--from", await fleet.list(30), ...pace], environment).ended;
  expect(run.code).toBe(6);
  expect(fleet.emulator.requests.length).toBeLessThanOrEqual(2);
  expect(run.err.match(/aps error APIGW/g)).toHaveLength(1);
});

test("--check names all servers that are missing or not ready, and starts nothing", async () => {
  await using fleet = await startFleet(2);
  await fleet.aps("image", "create", "server-1", "--name", "busy");
  const list = await fleet.file("l.csv", "server_id,name\nserver-0,a\nserver-1,b\nnope,c\n");
  const run = await fleet.aps("image", "create", "--from", list, "--check", ...pace);
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("--check: 2 found. Nothing was started.")]);
  expect(run.err).toContain("b (server server-1): is BUILDING, and must be ACTIVE or BUILT");
  expect(run.err).toContain("c (server nope): does not exist");
  await expect(readFile(`${list}.journal`)).rejects.toThrow("ENOENT");
});

test("equal reasons are told once with their number, --max-failures ends the run, and what never began is told apart", async () => {
  await using fleet = await startFleet(6);
  const body = { error_code: "WKS.00081102", error_msg: "No permission." };
  const effect = { type: "answer", status: 403, body } as const;
  fleet.emulator.faults.add({ operation: "RecreateServerImage", times: 99, effect });
  const list = await fleet.list(6);
  const create = ["image", "create", "--from", list, "--concurrency", "1", ...pace];
  const all = await fleet.aps(...create, "-q");
  expect(all.out).toMatch(
    /^6 x RecreateServerImage: refused with status 403 .*\(office-0, office-1, .* and 1 more\)$/m,
  );
  expect(all.out).toContain("\n6 refused\n");
  const few = await fleet.aps(...create, "--journal", join(fleet.folder, "j"), "--max-failures", "2", "-o", "json");
  expect(few.json().counts).toMatchObject({ refused: 2, not_started: 4 });
  expect(few.json().error).toMatchObject({
    kind: "TooManyFailuresError",
    message: expect.stringContaining("2 failures"),
  });
});

test("--rate spreads the starts over time", async () => {
  await using fleet = await startFleet(3);
  const { clock } = watchedClock(600);
  const run = await start(
    ["image", "create", "--from", await fleet.list(3), "--rate", "2", ...pace],
    fleet.environment,
    { clock },
  ).ended;
  expect(run.code).toBe(0);
  const starts = fleet.emulator.requests.filter(({ operationId }) => operationId === "RecreateServerImage");
  expect(starts).toHaveLength(3);
});

test("an image in doubt is resolved by what a person found, and the run goes on with it", async () => {
  await using fleet = await startFleet(1);
  const list = await fleet.list(1);
  const journal = join(fleet.folder, "j");
  const create = ["image", "create", "--from", list, "--journal", journal, ...pace];
  expect((await fleet.aps(...create)).code).toBe(0);
  // As if the run had been killed after it sent the request.
  const lines = (await readFile(journal, "utf8")).split("\n").filter((line) => /"type":"(fleet|start)"/.test(line));
  const doubt = await fleet.file("doubt", `${lines.join("\n")}\n`);
  const resolve = ["image", "resolve", "server-0", "--journal", doubt];
  expect((await fleet.aps(...resolve)).err).toContain("Say what you found");
  const noted = await fleet.aps(...resolve, "--not-started");
  expect([noted.code, noted.out]).toEqual([0, expect.stringContaining("nothing was started for server server-0")]);
  expect((await fleet.aps(...resolve, "--not-started")).err).toContain("no image of server server-0 is in doubt");
});
