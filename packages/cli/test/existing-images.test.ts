import { join } from "node:path";
import { expect, test } from "vitest";
import { serverId, start, startTarget } from "./aps.ts";
import { pace, startFleet } from "./fleet.ts";

test("--if-exists: skip takes the image that is there, fail starts nothing, make makes another", async () => {
  await using target = await startTarget();
  const create = ["image", "create", serverId, "--name", "office", "--wait", ...pace, "-o", "json", "-q"];
  const first = (await target.aps(...create)).json().image_id;
  const skipped = await target.aps(...create, "--if-exists", "skip");
  expect([skipped.code, skipped.json()]).toMatchObject([0, { image_id: first, result: "exists" }]);
  const failed = await target.aps(...create, "--if-exists", "fail");
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining(`office: image ${first}`)]);
  const made = await target.aps(...create, "--if-exists", "make");
  expect(made.json().image_id).not.toBe(first);
  const unsaid = await target.aps("image", "create", serverId, "--name", "office", "-o", "json");
  expect([unsaid.code, unsaid.err]).toEqual([0, expect.stringContaining("There is an image of that name already, ")]);
});

test("a list makes what is missing, also when it was cut off, and every image once", async () => {
  await using fleet = await startFleet(3);
  const [some, all] = [
    await fleet.list(1),
    await fleet.file("all.csv", "server_id,name\nserver-0,office-0\nserver-1,b\nserver-2,c\n"),
  ];
  expect((await fleet.aps("image", "create", "--from", some, ...pace)).code).toBe(0);
  const rest = [
    "image",
    "create",
    "--from",
    all,
    "--if-exists",
    "skip",
    "--journal",
    join(fleet.folder, "j"),
    ...pace,
    "-o",
    "json",
  ];
  const run = await fleet.aps(...rest);
  expect([run.code, run.json().counts]).toEqual([0, { exists: 1, made: 2 }]);
  expect((await fleet.aps(...rest, "--resume")).code).toBe(0);
  expect(fleet.names()).toEqual(["b", "c", "office-0"]);
  const checked = await fleet.aps(
    "image",
    "create",
    "--from",
    all,
    "--journal",
    join(fleet.folder, "k"),
    "--check",
    ...pace,
  );
  expect([checked.code, checked.err]).toEqual([
    2,
    expect.stringContaining("office-0: there is an image of this name, "),
  ]);
});

test("a list tells of names that are taken, and looks for all of them at once", async () => {
  await using fleet = await startFleet(3);
  const list = await fleet.list(3);
  const create = ["image", "create", "--from", list, ...pace, "--journal"];
  expect((await fleet.aps(...create, join(fleet.folder, "a"))).err).not.toContain("--if-exists");
  const before = fleet.emulator.requests.length;
  const again = await fleet.aps(...create, join(fleet.folder, "b"));
  expect([again.code, again.err]).toEqual([
    0,
    expect.stringMatching(/images of 3 of the 3 names already \(office-0 [0-9a-f-]{36}, office-1 .*--if-exists\.\n/),
  ]);
  const asked = fleet.emulator.requests.slice(before).filter(({ operationId }) => operationId === "ListImages");
  // A page, and the one after it, which shows that there are no more.
  expect(asked).toHaveLength(2);
});

test("a wrong key costs one image one request", async () => {
  await using target = await startTarget();
  const wrong = { ...target.environment, HUAWEICLOUD_SDK_SK: "wrong" };
  const run = await start(["image", "create", serverId, "--name", "office"], wrong).ended;
  expect([run.code, target.emulator.requests.length]).toEqual([6, 1]);
});

test("--check with --if-exists asks for the names once", async () => {
  await using fleet = await startFleet(2);
  const asked = () => fleet.emulator.requests.filter(({ operationId }) => operationId === "ListImages").length;
  const create = ["image", "create", "--from", await fleet.list(2), "--check", "--if-exists", "skip", ...pace];
  expect((await fleet.aps(...create, "--dry-run")).code).toBe(0);
  expect(asked()).toBe(2);
  expect((await fleet.aps(...create)).code).toBe(0);
  expect(asked()).toBe(4);
  expect((await fleet.aps(...create, "--dry-run", "-o", "json")).json()).toEqual([]);
});

test("aps image list and show name the images that were made", async () => {
  await using target = await startTarget();
  await target.aps("image", "create", serverId, "--name", "office", "--wait", ...pace, "-q");
  const id = (await target.aps("image", "list", "--name", "office", "-o", "id")).out.trim();
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect((await target.aps("image", "show", id, "-o", "json")).json().name).toBe("office");
  const missing = await target.aps("image", "show", "nope", "-o", "json");
  expect([missing.code, missing.err]).toEqual([7, expect.stringMatching(/no image nope\..*aps image list\n$/s)]);
  expect(missing.json().error).toMatchObject({ kind: "ImageNotFoundError", image_id: "nope", exit_code: 7 });
});
