import { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { defaultWorld } from "@workspace-aps/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { projectId, serverId, start, startTarget, type Target } from "./aps.ts";

let target: Target;
beforeAll(async () => {
  const servers = Array.from({ length: 12 }, (_, index) => ({
    id: `server-${String(index).padStart(2, "0")}`,
    projectId,
    name: index === 3 ? 'a, "b"' : `name-${11 - index}`,
  }));
  target = await startTarget({ world: { ...defaultWorld, servers } });
});
afterAll(() => target[Symbol.asyncDispose]());

const list = async (...args: string[]) => (await target.aps("server", "list", ...args)).out;

test("programs get the whole list in every form", async () => {
  expect(JSON.parse(await list("-o", "json")).items).toHaveLength(12);
  expect(
    (await list("-o", "jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toHaveLength(12);
  expect(parse(await list("-o", "yaml")).items).toHaveLength(12);
  expect((await list("-o", "id")).trimEnd().split("\n").sort()[11]).toBe("server-11");
  expect((await list("-o", "name")).split("\n")).toContain("name-0");
  expect(JSON.parse(await list("-o", "json", "--limit", "3")).items).toHaveLength(3);
});

test("csv quotes what needs it, tsv does not, and --no-headers leaves the titles out", async () => {
  const csv = await list("-o", "csv", "--fields", "id,name", "--sort", "id");
  expect(csv.split("\n").slice(0, 5)).toEqual([
    "id,name",
    "server-00,name-11",
    "server-01,name-10",
    "server-02,name-9",
    'server-03,"a, ""b"""',
  ]);
  const tsv = await list("-o", "tsv", "--fields", "id,name", "--sort=-id", "--no-headers");
  expect(tsv.split("\n")[0]).toBe("server-11\tname-0");
});

test("--sort orders numbers in names as people do, and --fields chooses in every form", async () => {
  const table = await list("--fields", "name", "--sort", "name");
  expect(table.split("\n").slice(0, 4)).toEqual(["NAME", 'a, "b"', "name-0", "name-1"]);
  expect(JSON.parse(await list("-o", "json", "--fields", "id", "--sort", "id")).items[0]).toEqual({ id: "server-00" });
});

test("--query finds in the document by JMESPath, and prints a text as it is", async () => {
  expect(await list("--query", "items[?id=='server-05'].name")).toBe("name-6\n");
  expect(JSON.parse(await list("--query", "length(items)", "-o", "json"))).toBe(12);
});

test("--wide shows every field, and the notice of a part is not in the result", async () => {
  expect((await list("--wide")).split("\n")[0]).toContain("ENTERPRISE PROJECT ID");
  const run = await target.aps("server", "list");
  expect([run.out.trimEnd().split("\n").length, run.err]).toEqual([
    11,
    "10 of 12; see --all, or --offset and --limit\n",
  ]);
});

test("a dry run shows what is sent", async () => {
  const run = await target.aps("server", "list", "--all", "--dry-run");
  expect(run.out).toContain("/image-servers?limit=100&offset=0");
});

test("--skeleton prints a body that --body takes", async () => {
  const skeleton = await target.aps("server", "create", "--skeleton");
  const create = ["server", "create", "--body", "-", "--dry-run", "-o", "json"];
  const run = await start(create, target.environment, { input: skeleton.out }).ended;
  expect([run.code, Object.keys(run.json().body as unknown as object)]).toEqual([
    0,
    expect.arrayContaining(["vpc_id", "root_volume"]),
  ]);
});

test("options may stand before the command, and the nearest is suggested", async () => {
  const run = await target.aps("--output", "id", "--quiet", "server", "list");
  expect(run.out.trimEnd().split("\n")).toHaveLength(12);
  expect((await target.aps("-x", "server", "list")).err).toContain(
    "-x is not an option that can stand without a command",
  );
});

test("--watch prints a list again when it has changed, until Ctrl-C", async () => {
  await using own = await startTarget();
  const running = start(["server", "list", "--watch", "--interval", "10ms"], own.environment);
  await running.said("golden-image-builder");
  await own.aps("server", "update", serverId, "--name", "renamed");
  await running.said("renamed");
  running.interrupt();
  expect((await running.ended).code).toBe(130);
  const terminal = { columns: 40, rows: 24 };
  const drawn = start(["server", "list", "--watch"], { ...own.environment, TERM: "xterm" }, { terminal });
  await drawn.said("renamed");
  drawn.interrupt();
  // What comes after the list begins a line of its own.
  expect((await drawn.ended).out).toMatch(/\n\n$/);
});

test("on a narrow terminal, what is said and not drawn is broken between words, but for commands to copy", async () => {
  const terminal = { columns: 40, rows: 24 };
  const environment = { ...target.environment, TERM: "xterm", APS_SPEED: "1000" };
  const create = ["image", "create", "server-01", "--name", "narrow", "--quiet", "--wait", "-o", "json"];
  await start(create, environment).ended;
  const run = await start([...create.slice(0, 5), "-o", "json"], environment, { terminal }).ended;
  const lines = stripVTControlCharacters(run.err).split(/[\r\n]+/);
  expect(lines.join(" ")).toMatch(/There is an image of that name already, \S+ and this makes another\./);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(40);
  const [group] = defaultWorld.serverGroups ?? [];
  const image = "35998d9a-14f2-48fc-832b-6fc0074dc8f8";
  const plan = await start(["rollout", "plan", group?.id ?? "", "--image", image], environment, { terminal }).ended;
  const shown = stripVTControlCharacters(plan.out);
  const checks = shown.slice(shown.indexOf("\ngood")).split("\n");
  expect(checks.length).toBeGreaterThan(10);
  for (const line of checks) expect(line.length, line).toBeLessThanOrEqual(40 + (/\S{32}/.test(line) ? 40 : 0));
});

test.each(["environment", "exit-codes", "proxy", "journal", "output", "regions"])(
  "aps help %s explains it at every width, and aps --help names it",
  async (topic) => {
    expect((await start(["--help"]).ended).out).toMatch(new RegExp(`aps help <topic> explains .*\\b${topic}\\b`));
    for (const columns of [40, 80, 120]) {
      const run = await start(["help", topic], {}, { terminal: { columns, rows: 24 } }).ended;
      expect(run.code).toBe(0);
      for (const line of run.out.split("\n").filter((line) => line.includes(" ") && !/^\s*\S+$/.test(line)))
        expect(line.length).toBeLessThanOrEqual(Math.max(columns, line.trim().includes(" ") ? columns : 999));
    }
  },
);

const yes = Object.assign(new Readable({ read() {} }), { isTTY: true });

test("a deletion shows what it takes and asks on a terminal; each item is told; an unknown id is refused", async () => {
  await using own = await startTarget();
  const remove = ["server", "delete", serverId, "--recursive", "--wait", "--interval", "10ms"];
  const unknown = await own.aps(...remove.toSpliced(3, 0, "nope"), "--yes");
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('"nope" does not exist. Nothing was sent.')]);
  const terminal = { columns: 80, rows: 24 };
  const running = start(remove, own.environment, { input: yes, terminal });
  await running.said("Delete 1 item? [y/N]");
  expect(running.err()).toContain("golden-image-builder");
  yes.push("y\n");
  const run = await running.ended;
  expect([run.code, run.out]).toEqual([0, expect.stringMatching(/golden-image-builder +done/)]);
});

test("a log-off shows whose sessions end, and asks", async () => {
  await using own = await startTarget();
  const input = Object.assign(new Readable({ read() {} }), { isTTY: true });
  const [{ id }] = [...(own.emulator.state.projects.get(projectId)?.streaming.sessions.values() ?? [])] as unknown as [
    { id: string },
  ];
  const logoff = ["session", "logoff", "--session-ids", id, "--message-type", "1", "--delay-time", "60"];
  const terminal = { columns: 120, rows: 24 };
  const running = start([...logoff, "--session-ids", "nope"], own.environment, { input, terminal });
  await running.said("Logoff these? [y/N]");
  expect(running.err()).toMatch(new RegExp(`${id} +anna on \\S+ +Active`));
  expect(running.err()).toMatch(/nope +not seen in 30 days/);
  input.push("n\n");
  expect((await running.ended).code).toBe(130);
});
