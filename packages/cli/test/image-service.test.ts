import { Readable } from "node:stream";
import { defaultWorld } from "@workspace-aps/emulator";
import { beforeEach, expect, test } from "vitest";
import { start, startTarget, type Target } from "./aps.ts";

const used = "6579b42e-f345-4452-ae3a-fa0687564943";
const unused = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const gold = "da02e5ca-c6ec-4685-8ecb-f116bb5bdd2c";
const nobody = "00000000-0000-0000-0000-000000000000";
const region = ["--region", "ap-southeast-1"];

let target: Target;
beforeEach(async () => {
  const target_ = await startTarget();
  target = target_;
  return () => target_[Symbol.asyncDispose]();
});

const ids = async (...args: readonly string[]) =>
  (await target.aps("image", "list", ...args, "-o", "id")).out.trim().split("\n").filter(Boolean);
const sent = (operationId: string) => target.emulator.requests.filter((request) => request.operationId === operationId);

test("list shows private images unless another kind is asked for, by any filter of the contract", async () => {
  expect(await ids()).toHaveLength(defaultWorld.otherImages?.filter(({ type }) => type !== "gold").length ?? 0);
  expect(await ids("--type", "gold")).toEqual([gold]);
  expect(await ids("--name", "office-2026-11", "--os-type", "Windows")).toEqual([unused]);
  expect((await target.aps("image", "list")).out).toMatch(/^ID +NAME +STATUS +MIN DISK +CREATED AT$/m);
});

test("list brings every page, whatever their size, and one page when that is asked for", async () => {
  const { projectId = "" } = defaultWorld.servers[0] ?? {};
  const otherImages = Array.from({ length: 205 }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    projectId,
    name: `image-${index}`,
  }));
  await using many = await startTarget({
    world: { ...defaultWorld, otherImages, serverGroups: [], appServers: [], sessions: [], appGroups: [] },
  });
  const list = async (...args: readonly string[]) =>
    (await many.aps("image", "list", ...args, "-o", "json")).json().images as unknown as readonly unknown[];
  expect(new Set((await list()).map((image) => JSON.stringify(image)))).toHaveLength(205);
  expect(await list("--limit", "7")).toHaveLength(7);
});

test("show finds an image of any kind by its id", async () => {
  expect((await target.aps("image", "show", gold, "-o", "json")).json()).toMatchObject({
    id: gold,
    __imagetype: "gold",
  });
  expect((await target.aps("image", "show", nobody)).code).toBe(7);
});

test("quota shows how many private images there are, and may be", async () => {
  await using small = await startTarget({ world: { ...defaultWorld, imageQuota: 5 } });
  const run = await small.aps("image", "quota", "--query", "quotas.resources[0].[used, quota]", "-o", "json");
  expect(run.json()).toEqual([3, 5]);
});

test("tag sets tags and takes them away", async () => {
  const tag = (action: string, ...tags: readonly string[]) =>
    target.aps("image", "tag", unused, "--action", action, ...tags.flatMap((one) => ["--tags", one]));
  const tags = async () => (await target.aps("image", "show", unused, "-o", "json")).json().tags;
  expect((await tag("create", "key=state,value=current", "key=build,value=7")).code).toBe(0);
  expect(await tags()).toEqual(["state=current", "build=7"]);
  expect((await tag("delete", "key=build,value=7")).code).toBe(0);
  expect(await tags()).toEqual(["state=current"]);
  expect(await target.aps("image", "tag", nobody, "--action", "create", "--tags", "key=a,value=b")).toMatchObject({
    code: 7,
  });
});

test("delete needs a word where nobody can be asked, and sends nothing for an image that is not there", async () => {
  const unasked = await target.aps("image", "delete", unused);
  expect([unasked.code, unasked.err]).toEqual([2, expect.stringContaining("Give --yes if you mean it.")]);
  for (const id of [nobody, gold]) {
    const unknown = await target.aps("image", "delete", id, "--yes");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("does not exist. Nothing was sent.")]);
  }
  expect(sent("GlanceDeleteImage")).toEqual([]);
});

test("delete shows a person the image and who uses it, and takes no for an answer", async () => {
  const asked = (id: string, answer: string) =>
    start(["image", "delete", id, ...region], target.environment, {
      input: Object.assign(Readable.from([Buffer.from(`${answer}\n`)]), { isTTY: true }),
      terminal: { columns: 120, rows: 40 },
    }).ended;
  const no = await asked(used, "n");
  expect(no.err).toContain(`It is used by server group office.`);
  expect(no.err).toMatch(new RegExp(`${used} +office-2026-09 +active`));
  expect(sent("GlanceDeleteImage")).toEqual([]);
  const yes = await asked(unused, "y");
  expect([yes.code, yes.err]).toEqual([0, expect.not.stringContaining("used by")]);
  expect(await ids("--id", unused)).toEqual([]);
});

test("delete says of an image that is shown as before that its end is not known", async () => {
  target.emulator.faults.add({ operation: "GlanceDeleteImage", effect: { type: "answer", status: 204 } });
  const run = await target.aps("image", "delete", unused, "--yes", "-o", "json", "-q");
  expect([run.code, run.json()]).toMatchObject([8, { items: [{ id: unused, result: "unknown" }] }]);
});

test("the least policy for deleting has what the command looks at", async () => {
  const { Statement } = (await target.aps("policy", "image delete", "-o", "json")).json() as unknown as {
    readonly Statement: readonly [{ readonly Action: readonly string[] }];
  };
  expect(Statement[0].Action).toEqual(["ims:images:delete", "ims:images:get", "ims:images:list"]);
});

test("a region in which nobody knows the image service is named before anything is sent", async () => {
  const environment = { ...target.environment, APS_REGION: "", APS_ENDPOINT: "https://example.org" };
  const run = await start(["image", "quota"], environment).ended;
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("The image service is found by --region")]);
});
