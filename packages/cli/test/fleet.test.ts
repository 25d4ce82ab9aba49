import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { start } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

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
  expect(first.err).toMatch(/\nMore about the code: aps error IMG\.0008\nGo on with: aps image create --resume .*\n$/);
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

test("Ctrl-C names the jobs that go on, and the run can be resumed", async () => {
  await using fleet = await startFleet(5);
  const list = await fleet.list(5);
  const running = start(
    ["image", "create", "--from", list, "--interval", "10s", "--concurrency", "2"],
    fleet.environment,
  );
  await running.said("office-1  job");
  running.interrupt();
  const run = await running.ended;
  expect(run.code).toBe(130);
  expect(run.err).toMatch(/Still running:\n +job \d{18} +office-0\n +job \d{18} +office-1/);
  expect(run.err).toContain(`aps image create --resume --journal ${list}.journal`);
  const resumed = await fleet.aps("image", "create", "--resume", "--journal", `${list}.journal`, ...pace);
  expect(resumed.code).toBe(0);
  expect(fleet.names()).toHaveLength(5);
  // Of every image, made now or before: the time of its job, and not of the run that saw its end.
  const again = await fleet.aps("image", "create", "--resume", "--journal", `${list}.journal`, "-o", "json");
  const jobs = (await fleet.aps("job", "list", "-o", "json")).json().items as unknown as Record<string, string>[];
  const took = new Map(jobs.map((job) => [job.id, Date.parse(job.end_time ?? "") - Date.parse(job.begin_time ?? "")]));
  const images = again.json().images as unknown as { job_id: string; duration_ms: number }[];
  expect(images.map((image) => image.duration_ms)).toEqual(images.map((image) => took.get(image.job_id)));
});

test.each([
  ["a name that breaks a rule", "server_id,name\nserver-0,a/b\n", "image 1 (server server-0): name must match"],
  ["a server that occurs twice", "server_id,name\nserver-0,a\nserver-0,b\n", 'server "server-0" occurs twice'],
  ["a name that occurs twice", "server_id,name\nserver-0,a\nserver-1,a\n", 'name "a" occurs twice'],
  ["a column that is not known", "server_id,nmae\nserver-0,a\n", "Did you mean name?"],
  ["an id that is a number", '[{"server_id":697354472828968960,"name":"a"}]', "may lose digits"],
  ["a column that no list of servers has", "id,name,nmae\nserver-0,a,b\n", "Did you mean name?"],
  ["no image", "server_id,name\n", "names no image"],
  [
    "sysprep that is neither true nor false",
    "server_id,name,execute_sysprep\nserver-0,a,maybe\n",
    "execute_sysprep must be true or false",
  ],
  ["no CSV", 'server_id,name\n"server-0,a\n', "is not CSV"],
  ["a comma without quotes", "server_id,name\nserver-0,a,b\n", "has 3 of 2 values in line 2"],
  ["a column twice", "server_id,name,name\nserver-0,a,b\n", 'has the column "name" twice'],
  ["no titles", "server-0,a\nserver-1,b\n", "has no line of titles such as server_id,name"],
  ["nothing in it", "", "names no image"],
  ["UTF-16", Buffer.from("server_id,name\nserver-0,办公", "utf16le"), "is UTF-16 text. Save it as UTF-8"],
  ["another encoding", Buffer.from("server_id,name\nserver-0,B\xfcro", "latin1"), "is not UTF-8 text"],
  ["a value without a title", "server_id,name,\nserver-0,a,b\n", "a value without a title in column 3 of image 1"],
  ["what the service reserves", "server_id,name,enterprise_project_id\nserver-0,a,0\n", "which the service reserves"],
  ["JSON that is no list", '{"images":[]}', "must be a list of objects"],
  ["broken JSON", '[{"server_id":"server-0"},]', "is not JSON ("],
  [
    "a server and a name that occur twice, each with its lines",
    "server_id,name\n\nserver-0,a\nserver-0,b\nserver-1,b\n",
    'line 3, image 1 and line 4, image 2: the server "server-0" occurs twice.\n     line 4, image 2 and line 5, image 3: the name',
  ],
  [
    "a mistake below a value of two lines",
    'sep=;\r\nserver_id;name;description\r\nserver-0;a;"x\r\ny"\r\nserver-1;a/b;\r\n',
    "line 5, image 2 (server server-1): name must match",
  ],
  [
    "a mistake in JSON",
    '[\n {"server_id":"server-0","name":"a","description":"}, {"},\n\n {"server_id":"server-1","name":"a/b"}]',
    "line 4, image 2 (server server-1): name must match",
  ],
  ["a rule broken, in words", "server_id,name\nserver-0,a/b\n", "No space at either end."],
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

test.each([
  ["a spreadsheet with a decimal comma", "\ufeffServer ID;Name\r\nserver-0;办公软件\r\nserver-1; b \r\n"],
  [
    "what a spreadsheet leaves of rows and columns that were emptied",
    "sep=;\r\nserver_id;name;;\r\nserver-0;办公软件;;\r\n;;;\r\nserver-1;b;;\r\n;;;\r\n",
  ],
  ["what is copied from a spreadsheet", "server_id\tname\nserver-0\t办公软件\nserver-1\tb\n"],
  [
    "what aps server list prints",
    "id,name,status,server_id,image_ref.id,create_time\nserver-0,办公软件,ACTIVE,wksapp-1,7,2026\nserver-1,b,BUILT,,,\n",
  ],
  [
    "JSON with the client's names",
    '\ufeff[{"serverId":"server-0","name":"办公软件"},{"server_id":"server-1","name":"b"}]',
  ],
])("%s is read too", async (_title, text) => {
  await using fleet = await startFleet(2);
  const run = await fleet.aps("image", "create", "--from", await fleet.file("list", text), "--dry-run", "-o", "json");
  const requests = run.json() as unknown as { url: string; body: { name: string } }[];
  expect(requests.map(({ url, body }) => [url.split("/").at(-3), body.name])).toEqual([
    ["server-0", "办公软件"],
    ["server-1", "b"],
  ]);
});

test("a list comes from standard input, when the journal has a name", async () => {
  await using fleet = await startFleet(1);
  const create = ["image", "create", "--from", "-", ...pace];
  const refused = await fleet.aps(...create);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("name a journal too")]);
  const input = "server_id,name\nserver-0,office\n";
  const run = await start([...create, "--journal", join(fleet.folder, "j")], fleet.environment, { input }).ended;
  expect([run.code, fleet.names()]).toEqual([0, ["office"]]);
});

test("--dry-run shows every request and sends none, and refuses what would be refused", async () => {
  await using fleet = await startFleet(3);
  const run = await fleet.aps("image", "create", "--from", await fleet.list(3), "--dry-run");
  expect(run.code).toBe(0);
  expect(run.out.match(/^POST /gm)).toHaveLength(3);
  const twice = await fleet.file("twice", "server_id,name\nserver-0,a\nserver-0,b\n");
  const refused = await fleet.aps("image", "create", "--from", twice, "--dry-run");
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("occurs twice")]);
  expect(fleet.emulator.requests).toHaveLength(0);
});

test("a log hears of every change once, and nothing of what never began", async () => {
  await using fleet = await startFleet(5);
  const running = start(
    ["image", "create", "--from", await fleet.list(5), "--interval", "10s", "--concurrency", "1"],
    fleet.environment,
  );
  await running.said("office-0  job");
  running.interrupt();
  const { err } = await running.ended;
  expect(err.replaceAll(/^\S+Z {2}/gm, "")).toMatch(
    /^office-0 {2}sending\noffice-0 {2}job \d{18} {2}started\nEnding: .*\naps: Interrupted/,
  );
});
