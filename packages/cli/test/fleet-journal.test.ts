import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { node, program, projectId, start, startProcess } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

test("half a line at the end of a journal is the mark of a kill; a damaged line is refused", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.list(2);
  const journal = `${list}.journal`;
  await fleet.aps("image", "create", "--from", list, ...pace);
  const text = await readFile(journal, "utf8");
  await writeFile(journal, text.slice(0, -10));
  const torn = await fleet.aps("image", "create", "--resume", "--journal", journal, ...pace);
  expect(torn.code).toBe(0);
  expect(fleet.names()).toHaveLength(2);
  await writeFile(journal, text.replace('"type":"start"', '"type:"start"'));
  const damaged = await fleet.aps("image", "create", "--resume", "--journal", journal);
  expect(damaged.code).toBe(2);
  expect(damaged.err).toMatch(/line \d+ of .* is damaged/);
});

test("a journal is not resumed for another project or another list", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.list(2);
  const journal = `${list}.journal`;
  await fleet.aps("image", "create", "--from", list, ...pace);
  const resume = ["image", "create", "--resume", "--journal", journal];
  expect((await fleet.aps(...resume, "--project-id", "other")).err).toContain(`is of project ${projectId}`);
  const other = await fleet.file("other.csv", "server_id,name\nserver-0,x\n");
  expect((await fleet.aps(...resume, "--from", other)).err).toContain("begun with another list");
});

test("two runs do not have one journal at once, and a run that was killed does not keep it", async () => {
  await using fleet = await startFleet(2);
  fleet.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 30_000 }, times: 2 });
  const list = await fleet.list(2);
  const first = startProcess(["image", "create", "--from", list], fleet.environment);
  await first.said("sending");
  // It says so before it notes it.
  await expect.poll(() => fleet.noted(`${list}.journal`), { timeout: 60_000 }).toBe(2);
  const resume = ["image", "create", "--resume", "--journal", `${list}.journal`, ...pace];
  const second = await fleet.aps(...resume);
  expect([second.code, second.err]).toEqual([
    2,
    expect.stringContaining(`is in use by process ${first.process.pid} on ${hostname()}`),
  ]);
  first.process.kill("SIGKILL");
  await first.ended;
  fleet.emulator.faults.clear();
  const third = await start(resume, { ...fleet.environment, APS_SPEED: "50" }).ended;
  expect([third.code, fleet.names()], third.err).toEqual([0, ["office-0", "office-1"]]);
});

test.runIf(process.platform === "linux")(
  "a disk that becomes full ends the run, names the jobs that are not noted, and the run goes on later",
  async () => {
    await using fleet = await startFleet(8);
    const list = await fleet.list(8);
    const journal = `${list}.journal`;
    const create = `"${node}" "${program}" image create --from "${list}" ${pace.join(" ")}`;
    // One block of 1,024 bytes holds the header and some of the steps.
    const run = await startProcess(["-c", `ulimit -f 1; exec ${create}`], fleet.environment, { file: "bash" }).ended;
    expect(run.code).toBe(1);
    expect(run.err).toContain(`The journal ${journal} cannot be written (EFBIG). No further request was sent.`);
    expect(run.err).toContain(`Go on with: aps image create --resume --journal ${journal}`);
    expect((await stat(journal)).size).toBeLessThanOrEqual(1_024);
    const resumed = await start(["image", "create", "--resume", "--journal", journal, ...pace], {
      ...fleet.environment,
      APS_SPEED: "50",
    }).ended;
    expect(resumed.code).toBe(0);
    expect(fleet.names()).toHaveLength(8);
    for (const line of (await readFile(journal, "utf8")).trimEnd().split("\n")) JSON.parse(line);
  },
);

test.runIf(process.platform === "linux")(
  "a disk that is full from the start sends nothing and leaves nothing",
  async () => {
    await using fleet = await startFleet(2);
    const list = await fleet.list(2);
    const create = `"${node}" "${program}" image create --from "${list}" -o json`;
    const run = await startProcess(["-c", `ulimit -f 0; exec ${create}`], fleet.environment, { file: "bash" }).ended;
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { message: expect.stringContaining("cannot be written (EFBIG)") } });
    expect(fleet.emulator.requests).toHaveLength(0);
  },
);

test("a run whose journal is removed sends nothing more, and goes on with what was kept", async () => {
  await using fleet = await startFleet(3);
  const list = await fleet.list(3);
  const journal = `${list}.journal`;
  const running = start(["image", "create", "--from", list, "--concurrency", "1", ...pace], fleet.environment);
  await running.said("office-0  job");
  await rm(journal);
  const run = await running.ended;
  expect([run.code, run.err]).toEqual([1, expect.stringContaining("was removed or replaced during the run")]);
  const [kept = ""] = /\S+\.kept-\d+/.exec(run.err) ?? [];
  const resumed = await fleet.aps("image", "create", "--resume", "--journal", kept, ...pace);
  expect([resumed.code, fleet.names()]).toEqual([0, ["office-0", "office-1", "office-2"]]);
});

test("half a header is the mark of a kill too; a file of something else is left alone", async () => {
  await using fleet = await startFleet(1);
  const list = await fleet.list(1);
  const torn = await fleet.file("torn", '{"type":"fleet","versi');
  const resume = ["image", "create", "--resume", "--journal"];
  expect((await fleet.aps(...resume, torn)).err).toContain("is empty, so there is nothing to resume");
  expect((await fleet.aps(...resume, torn, "--from", list, ...pace)).code).toBe(0);
  const other = await fleet.file("other", "something of somebody's");
  for (const args of [
    ["image", "create", "--journal", other, "--from", list],
    [...resume, other, "--from", list],
  ])
    expect((await fleet.aps(...args)).code).toBe(2);
  expect(await readFile(other, "utf8")).toBe("something of somebody's");
});

test("an empty file is a new journal", async () => {
  await using fleet = await startFleet(1);
  const journal = await fleet.file("j", "");
  const run = await fleet.aps("image", "create", "--from", await fleet.list(1), "--journal", journal, ...pace);
  expect([run.code, fleet.names()]).toEqual([0, ["office-0"]]);
});

test.each([
  ["in a folder that does not exist", "no-such-folder/j"],
  ["that is a folder", "."],
])("a journal %s is refused before anything is sent", async (_title, path) => {
  await using fleet = await startFleet(1);
  const list = await fleet.list(1);
  const run = await start(["image", "create", "--from", list, "--journal", path], fleet.environment, {
    cwd: fleet.folder,
  }).ended;
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("--journal: ")]);
  expect(fleet.emulator.requests).toHaveLength(0);
});

test("a JUnit file that could not be written is refused before an hour of work", async () => {
  await using fleet = await startFleet(1);
  const run = await fleet.aps("image", "create", "--from", await fleet.list(1), "--junit", "no-such-folder/junit.xml");
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("cannot be written (ENOENT). Nothing was sent.")]);
  expect(fleet.emulator.requests).toHaveLength(0);
});

test("a JUnit file that cannot be written in the end costs no image and no summary, but the exit code", async () => {
  await using fleet = await startFleet(1);
  const junit = `${fleet.folder}/junit`;
  const running = start(
    ["image", "create", "--from", await fleet.list(1), "--junit", junit, "--interval", "500ms"],
    fleet.environment,
  );
  await running.said("sending");
  await mkdir(junit);
  const run = await running.ended;
  expect([run.code, run.out]).toEqual([1, expect.stringContaining("1 made")]);
  expect(run.err).toContain("cannot be written (EISDIR). The images are not affected.");
});
