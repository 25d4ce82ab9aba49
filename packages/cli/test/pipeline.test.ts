import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDuration } from "../src/arguments/duration.ts";
import { catalogue } from "../src/generated/catalogue/rollout.ts";
import { operationsOf } from "../src/policy/operations.ts";
import { groupId, image, office, oldImage, rollout } from "./pipeline.ts";

const says = (file: string, ...names: readonly string[]) =>
  `  run: 'echo "${names.map((name) => `$${name}`).join(" ")}" >> ${file}'\n`;

test.concurrent("one file: the image is made and checked, waits for approval, goes to every server, and old ones are pruned", async () => {
  await using own = await office();
  await own.write(
    image,
    `verify:\n${says("checked", "APS_IMAGE_ID", "APS_IMAGE_SERVER_ID")}`,
    rollout,
    `  verify:\n  ${says("servers", "APS_SERVER_ID", "APS_IMAGE_ID")}`,
    "prune:\n  name: office-*\n  keep: 1\n",
  );
  const dry = await own.aps("--dry-run", "-o", "json");
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.json()).toMatchObject({ plans: [{ servers: { length: 5 } }], problems: [] });
  expect(own.emulator.requests.every(({ method }) => method === "GET")).toBe(true);

  const first = await own.aps("-o", "json");
  expect(first).toMatchObject({ code: 9 });
  const made = first.json() as unknown as { image: { image_id: string; image_name: string }; steps: unknown[] };
  expect(made.steps).toMatchObject([
    { step: "image", result: "done" },
    { step: "verify", result: "done" },
    { step: "plan", result: "done", says: "5 of 5 servers in 1 groups" },
    { step: "approval", result: "waiting" },
    { step: "rollout", result: "not begun" },
    { step: "prune", result: "not begun" },
  ]);
  expect(first.err).toContain("--resume --approve");
  expect(own.images()).toEqual(Array(5).fill(oldImage));
  const { image_id: id, image_name: name } = made.image;
  expect(name).toMatch(/^golden-\d{4}-\d\d-\d\d$/);
  expect(await own.read("checked")).toBe(`${id} 25b1dd14-0c84-4558-aa57-03a6c54b8e75\n`);

  const second = await own.aps("--resume", "--approve", "--junit", "servers.xml");
  expect(second).toMatchObject({ code: 0 });
  expect(own.images()).toEqual(Array(5).fill(id));
  expect(own.jobs("CREATE_SERVER_IMAGE")).toHaveLength(1);
  expect((await own.read("servers")).trim().split("\n").sort()).toEqual(
    [...own.project().streaming.servers.keys()].map((server) => `${server} ${id}`).sort(),
  );
  expect(await own.read("servers.xml")).toContain('tests="5" failures="0"');
  expect(second.out).toMatch(/prune +done +deleted office/);
  expect([...own.project().otherImages.values()].map((one) => one.id)).toContain(oldImage);

  const last = own.emulator.requests.at(-1);
  const again = await own.aps("--resume");
  expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/rollout +done/) });
  // All has ended, so nothing is left to ask for.
  expect(own.emulator.requests.at(-1)).toBe(last);
  const status = await own.other("rollout", "status", "--journal", `golden.yaml.run/group-${groupId}.journal`);
  expect(status.out).toContain("done, forward");
  // The policy that is printed for it names all that it calls.
  expect(operationsOf("pipeline run")).toEqual(expect.arrayContaining(own.answered()));
});

test.concurrent("a check that fails keeps the image from everybody; mended, the run goes on with the same image", async () => {
  await using own = await office();
  await own.write(image, "verify:\n  run: test -e mended\n", rollout);
  const failed = await own.aps("--approve");
  expect(failed).toMatchObject({ code: 3 });
  expect(failed.out).toMatch(/verify +stopped +test -e mended: it ended with 1/);
  expect(own.images()).toEqual(Array(5).fill(oldImage));
  const again = await own.aps("--approve");
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining("--resume") });
  await own.write(image, "verify:\n  run: echo mended\n", rollout);
  expect(await own.aps("--resume", "--approve")).toMatchObject({ code: 0 });
  expect(own.images()).not.toContain(oldImage);
  expect(own.jobs("CREATE_SERVER_IMAGE")).toHaveLength(1);
});

test.concurrent("a server that the check refuses stops the rollout, and is named with the command that mends it", async () => {
  await using own = await office();
  await own.write(image, rollout, "  verify:\n    run: exit 4\n");
  const run = await own.aps("--approve", "-o", "json");
  expect(run).toMatchObject({ code: 3 });
  expect(run.json()).toMatchObject({
    rollouts: [{ result: "stopped", leftovers: [{ what: "drained" }] }],
    steps: { 4: { step: "rollout", result: "stopped", says: expect.stringContaining("exit 4: it ended with 4") } },
  });
  expect(run.err).toMatch(/Mend it with: aps app-server update/);
  expect(run.err).toMatch(/rollout back --journal/);
});

test.concurrent("Ctrl-C ends a check with all that it has started, and the run goes on", async () => {
  await using own = await office();
  await own.write(image, "verify:\n  run: 'test -e on || { echo at work; sleep 600 & wait; }'\n");
  const run = own.begin();
  await run.said("at work");
  run.interrupt();
  expect(await run.ended).toMatchObject({ code: 130, err: expect.stringContaining("--resume") });
  await own.write(image, "verify:\n  run: 'true'\n");
  expect(await own.aps("--resume")).toMatchObject({ code: 0 });
  expect(own.jobs("CREATE_SERVER_IMAGE")).toHaveLength(1);
});

test.concurrent("a check has its time, and is ended after it", async () => {
  await using own = await office();
  await own.write(image, "verify:\n  run: sleep 600\n  timeout: 50ms\n");
  expect((await own.aps()).out).toMatch(/sleep 600: it was ended after 50ms/);
});

test.concurrent("says what is wrong with a file, with line and column, before anything is sent", async () => {
  await using own = await office();
  const wrong = async (...parts: readonly string[]) => {
    await own.write(...parts);
    const run = await own.aps("--approve");
    expect(run.code).toBe(2);
    return run.err;
  };
  expect(await wrong(image, "rolout:\n  groups: []\n")).toMatch(/golden\.yaml:4:1: rolout is not known .*rollout\?/);
  const several = await wrong(image, "  timeout: 90\nverify:\nrollout:\n  groups: [12]\n  on-failure: back\n");
  expect(several).toMatch(/:4:12: image\.timeout must be a text such as 90s.*; given was 90\./);
  expect(several).toMatch(/:5:8: verify must be a group of keys; given was nothing\./);
  expect(several).toMatch(/:7:12: rollout\.groups\.0 must be a text/);
  expect(several).toMatch(/:8:15: rollout\.on-failure must be one of stop, roll-back; given was "back"\./);
  expect(await wrong("image:\n  server: [x\n  name: y\n")).toMatch(/golden\.yaml:3:\d+: Flow sequence/);
  expect(await wrong("image:\n  server: a\n")).toMatch(/golden\.yaml:2:3: image needs name\./);
  expect(await wrong("image:\n  server: a\n  name: x{dat}\n")).toMatch(/Did you mean {date}/);
  expect(await wrong(`image:\n  server: a\n  name: ${"x".repeat(200)}\n`)).toMatch(/image\.name/);
  expect(own.emulator.requests).toEqual([]);
});

test.concurrent("begins nothing where the image server or a group is not right, and takes no other file for the same run", async () => {
  await using own = await office();
  await own.write(image.replace("25b1", "0000"), rollout);
  const gone = await own.aps("--approve");
  expect(gone).toMatchObject({ code: 1, err: expect.stringMatching(/is not there.*Nothing was started/s) });
  await own.write(image, "rollout:\n  groups: [nobody]\n");
  expect((await own.aps("--approve")).code).toBe(7);
  expect(own.emulator.requests.every(({ method }) => method === "GET")).toBe(true);
  await own.write(image, rollout);
  expect(await own.aps("--until", "plan")).toMatchObject({ code: 0, err: expect.stringContaining("--approve") });
  await own.write(image.replace("golden-", "other-"), rollout);
  expect(await own.aps("--resume")).toMatchObject({ code: 2, err: expect.stringContaining("another image") });
});

test.concurrent("an image of the name that is there already ends the run, or is used where the file says so", async () => {
  await using own = await office();
  const named = image.replace("golden-{date}", "office-2026-11");
  await own.write(named);
  const refused = await own.aps();
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("if-exists: use") });
  await own.write(named, "  if-exists: use\n");
  expect(await own.aps("--resume")).toMatchObject({ code: 0, out: expect.stringContaining("was there already") });
  expect(own.jobs("CREATE_SERVER_IMAGE")).toEqual([]);
});

test.concurrent("the schema of the file agrees with the options of rollout start, and with what a duration is", async () => {
  const schema = JSON.parse(await readFile(join(import.meta.dirname, "..", "schemas", "golden.schema.json"), "utf8"));
  const options = catalogue.find(({ words }) => words === "rollout start")?.options ?? [];
  const { properties } = schema.properties.rollout;
  for (const [name, property] of Object.entries<{ enum?: string[]; default?: unknown }>(properties)) {
    if (name === "groups" || name === "verify") continue;
    const option = options.find((one) => one.name === name);
    expect(option, name).toBeDefined();
    expect(property.enum, name).toEqual(option?.values);
    if (property.default !== undefined) expect(`${option?.about} ${option?.limit}`).toMatch(`ault ${property.default}`);
  }
  const duration = new RegExp(schema.definitions.duration.pattern, "u");
  for (const text of ["90s", "1h30m", "500ms", "1.5h"])
    expect([duration.test(text), parseDuration(text, "")]).toEqual([true, expect.any(Number)]);
  for (const text of ["0s", "x", "1d", "", "-1s"]) {
    expect(duration.test(text)).toBe(false);
    expect(() => parseDuration(text, "")).toThrow();
  }
});

test.concurrent("the policy of a pipeline has what it needs, and says what is not known; the doctor tries what can be tried", async () => {
  await using own = await office();
  const policy = await own.other("policy", "pipeline", "run");
  expect(policy).toMatchObject({ code: 0, err: expect.stringMatching(/not known: .*CreateOrUpdateScalingPolicy/) });
  const { Action } = (policy.json() as unknown as { Statement: [{ Action: string[] }] }).Statement[0];
  for (const action of ["workspace:imageServer:recreate", "workspace:server:batchChangeImage", "ims:images:delete"])
    expect(Action).toContain(action);
  const doctor = await own.other("doctor", "--for", "rollout start", "-o", "json");
  const { checks } = doctor.json() as unknown as { checks: { check: string; result: string; says: string }[] };
  const permissions = checks.filter(({ check }) => check === "permission");
  expect(permissions.filter(({ result }) => result !== "ok")).toEqual([]);
  expect(permissions.map(({ says }) => says)).toContainEqual(expect.stringMatching(/^ShowServer is allowed/));
});
