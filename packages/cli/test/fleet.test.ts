import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { projectId, type Run, start, startTarget, type Target } from "./aps.ts";

const pace = ["--interval", "20ms"];

test("a list in CSV, with Chinese names: every image once, a summary as table, and as JUnit", async () => {
  await using fleet = await startFleet(4);
  const names = ["office", "黄金镜像", "cad 2026", "erp"];
  const list = await fleet.file(
    "servers.csv",
    [
      "\ufeffserver_id,name,description,execute_sysprep",
      ...names.map((name, index) => `server-${index},${name},"a, b",${index === 0}`),
    ].join("\r\n"),
  );
  const run = await fleet.aps("image", "create", "--from", list, ...pace, "--junit", join(fleet.folder, "junit.xml"));
  expect(run.code).toBe(0);
  expect(fleet.names()).toEqual([...names].sort());
  expect(run.out).toMatch(/^SERVER +NAME +RESULT +IMAGE +TOOK\nserver-0 +office +made +[0-9a-f-]{36} /);
  expect(run.out).toContain("\n4 made\n");
  const xml = await readFile(join(fleet.folder, "junit.xml"), "utf8");
  expect(xml).toContain('<testsuite name="aps image create" tests="4" failures="0" errors="0" skipped="0"');
  expect(xml).toMatch(/<testcase classname="server-1" name="黄金镜像" time="\d+\.\d{3}">/);
});

test("a list in JSON; a failed job gives exit code 3, and only --retry-failed tries again", async () => {
  await using fleet = await startFleet(3);
  const fate = { fail: { code: "IMG.0008", message: 'Not "stopped" <yet>' } };
  fleet.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate } });
  const images = [0, 1, 2].map((index) => ({ server_id: `server-${index}`, name: `office-${index}` }));
  const list = await fleet.file("servers.json", JSON.stringify(images));
  const journal = join(fleet.folder, "j");
  const junit = join(fleet.folder, "junit.xml");
  const create = [
    "image",
    "create",
    ...pace,
    "--concurrency",
    "1",
    "--journal",
    journal,
    "-o",
    "json",
    "--junit",
    junit,
  ];
  const first = await fleet.aps(...create, "--from", list);
  expect(first.code).toBe(3);
  expect(first.json()).toMatchObject({ counts: { made: 2, failed: 1 }, images: [{ result: "failed" }, {}, {}] });
  expect(await readFile(junit, "utf8")).toContain(
    '<failure message="IMG.0008 Not &quot;stopped&quot; &lt;yet&gt;" type="failed"/>',
  );
  expect((await fleet.aps(...create, "--from", list)).err).toContain("exists. Go on with it by --resume");
  expect((await fleet.aps(...create, "--resume")).code).toBe(3);
  expect(fleet.names()).toHaveLength(2);
  const last = await fleet.aps(...create, "--resume", "--retry-failed");
  expect(last.code).toBe(0);
  expect(fleet.names()).toEqual(["office-0", "office-1", "office-2"]);
});

/** Both the emulator's clock and the program's run this many times faster. */
const speed = 50;
/** Few servers in a test, 200 in `npm run soak`. */
const size = Number(process.env.FLEET_SIZE ?? 40);
const rounds = Array.from({ length: Number(process.env.FLEET_ROUNDS ?? 1) }, (_, round) => [round]);

test.each(rounds)(
  "with faults in one of ten calls, killed by kill -9 at random and resumed: every image once (round %d)",
  async (round) => {
    await using fleet = await startFleet(size, round, speed);
    addFaults(fleet, 0.1);
    const list = await fleet.list(size);
    const journal = join(fleet.folder, "j");
    const create = ["image", "create", "--interval", "1s", "--journal", journal, "--concurrency", "8"];
    const environment = { ...fleet.environment, APS_SPEED: String(speed) };
    for (let kill = 0; kill < 5; kill++) {
      const running = start([...create, ...(kill === 0 ? ["--from", list] : ["--resume"])], environment);
      const notes = await fleet.noted(journal);
      // The moment is drawn anew in every run of this test; the outcome must not depend on it.
      while ((await fleet.noted(journal)) < notes + 4 + (Math.random() * size) / 3 && running.process.exitCode === null)
        await pause(3);
      running.process.kill("SIGKILL");
      await running.ended;
    }
    const run = await start([...create, "--resume", "-o", "json"], environment).ended;
    expect(notMade(run)).toEqual([]);
    expect(run.code).toBe(0);
    expect(fleet.names()).toEqual(Array.from({ length: size }, (_, index) => `office-${index}`).sort());
  },
  300_000,
);

test("Ctrl-C names the jobs that go on, and the run can be resumed", async () => {
  await using fleet = await startFleet(5);
  const list = await fleet.list(5);
  const running = start(
    ["image", "create", "--from", list, "--interval", "10s", "--concurrency", "2"],
    fleet.environment,
  );
  await running.said("office-1  job");
  running.process.kill("SIGINT");
  const run = await running.ended;
  expect(run.code).toBe(130);
  expect(run.err).toMatch(/Still running:\n +job \d{18} +office-0\n +job \d{18} +office-1/);
  expect(run.err).toContain(`aps image create --resume --journal ${list}.journal`);
  const resumed = await fleet.aps("image", "create", "--resume", "--journal", `${list}.journal`, ...pace);
  expect(resumed.code).toBe(0);
  expect(fleet.names()).toHaveLength(5);
});

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

test("a journal is not resumed for another project, another list, or by two runs at once", async () => {
  await using fleet = await startFleet(2);
  const list = await fleet.list(2);
  const journal = `${list}.journal`;
  await fleet.aps("image", "create", "--from", list, ...pace);
  const resume = ["image", "create", "--resume", "--journal", journal];
  expect((await fleet.aps(...resume, "--project-id", "other")).err).toContain(`is of project ${projectId}`);
  const other = await fleet.file("other.csv", "server_id,name\nserver-0,x\n");
  expect((await fleet.aps(...resume, "--from", other)).err).toContain("begun with another list");
  await writeFile(`${journal}.lock`, String(process.pid));
  const locked = await fleet.aps(...resume);
  expect([locked.code, locked.err]).toEqual([2, expect.stringContaining(`in use by process ${process.pid}`)]);
});

test.each([
  ["a name that breaks a rule", "server_id,name\nserver-0,a/b\n", "image 1 (server server-0): name must match"],
  ["a server that occurs twice", "server_id,name\nserver-0,a\nserver-0,b\n", 'server "server-0" occurs twice'],
  ["a name that occurs twice", "server_id,name\nserver-0,a\nserver-1,a\n", 'name "a" occurs twice'],
  ["a column that is not known", "server_id,nmae\nserver-0,a\n", "Did you mean name?"],
  ["an id that is a number", '[{"server_id":697354472828968960,"name":"a"}]', "may lose digits"],
  ["no image", "server_id,name\n", "names no image"],
  [
    "sysprep that is neither true nor false",
    "server_id,name,execute_sysprep\nserver-0,a,maybe\n",
    "execute_sysprep must be a boolean",
  ],
  ["no CSV", 'server_id,name\n"server-0,a\n', "is not CSV"],
])("a list with %s is refused before anything is sent, and leaves no journal", async (_title, text, says) => {
  await using fleet = await startFleet(2);
  const list = await fleet.file("list", text);
  const run = await fleet.aps("image", "create", "--from", list);
  expect(run.code).toBe(2);
  expect(run.err).toContain(says);
  expect(fleet.emulator.requests).toHaveLength(0);
  await expect(readFile(`${list}.journal`)).rejects.toThrow("ENOENT");
  await expect(readFile(`${list}.journal.lock`)).rejects.toThrow("ENOENT");
});

test("--dry-run shows every request and sends none", async () => {
  await using fleet = await startFleet(3);
  const run = await fleet.aps("image", "create", "--from", await fleet.list(3), "--dry-run");
  expect(run.code).toBe(0);
  expect(run.out.match(/^POST /gm)).toHaveLength(3);
  expect(fleet.emulator.requests).toHaveLength(0);
});

function notMade(run: Run): unknown[] {
  return (run.json().images as unknown as { result: string }[]).filter(({ result }) => result !== "made");
}

interface Fleet extends Target {
  readonly folder: string;
  names(): string[];
  file(name: string, text: string): Promise<string>;
  list(size: number): Promise<string>;
  noted(journal: string): Promise<number>;
}

async function startFleet(size: number, seed = 7, speed = 1): Promise<Fleet> {
  const servers = Array.from({ length: size }, (_, index) => ({
    id: `server-${index}`,
    projectId,
    name: `server-${index}`,
  }));
  const target = await startTarget({ world: { ...defaultWorld, servers }, seed, speed });
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-"));
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  return {
    ...target,
    folder,
    file,
    names: () =>
      [...target.emulator.state.projects.values()]
        .flatMap(({ images }) => [...images.values()].map(({ name }) => name))
        .sort(),
    list: (count) =>
      file(
        "servers.csv",
        ["server_id,name", ...Array.from({ length: count }, (_, index) => `server-${index},office-${index}`)].join(
          "\n",
        ),
      ),
    noted: async (journal) => (await readFile(journal, "utf8").catch(() => "")).split("\n").length - 1,
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Faults of every kind, with a probability in all. */
function addFaults({ emulator }: Target, probability: number): void {
  const effects = [
    { type: "cut", afterWork: false },
    { type: "cut", afterWork: true },
    { type: "answer", status: 500, body: {} },
    { type: "answer", status: 502, body: {}, afterWork: true },
    { type: "answer", status: 429, body: {} },
    { type: "body", body: "truncated" },
    { type: "body", body: "html" },
  ] as const;
  for (const effect of effects) emulator.faults.add({ probability: probability / effects.length, effect });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
