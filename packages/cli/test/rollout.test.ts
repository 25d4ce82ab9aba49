import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { environmentFor, projectId, start } from "./aps.ts";

const group = "bc05da52-89df-45ba-8146-13fe3ce7c45a";
const image = "f5d443de-a623-4950-a74d-569fe63c1f7a";
/** No faster: a signature holds for a quarter of an hour, which is some two seconds then. */
const speed = 400;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-rollout-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The default group without users, on a clock that runs fast for service and program alike. */
async function office() {
  const emulator = createEmulator({ world: { ...defaultWorld, sessions: [] }, speed });
  const server = await serve(emulator, { port: 0 });
  const environment = { ...environmentFor(server.url), APS_SPEED: String(speed) };
  return {
    emulator,
    aps: (...args: readonly string[]) => start(args, environment).ended,
    images: () =>
      [...(emulator.state.projects.get(projectId)?.streaming.servers.values() ?? [])].map((one) => one.image_id),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

test("a plan is written for a reviewer, run from its file, shown by its journal, and gone back from", async () => {
  await using own = await office();
  const plan = join(folder, "plan.json");
  const junit = join(folder, "junit.xml");
  const planned = await own.aps("rollout", "plan", group, "--image", image, "--max-unavailable", "40%", "--plan", plan);
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.out).toContain("move");
  expect(JSON.parse(await readFile(plan, "utf8"))).toMatchObject({ maxUnavailable: 2, to: { imageId: image } });

  const started = await own.aps("rollout", "start", "--plan", plan, "--junit", junit, "--output", "json");
  expect(started).toMatchObject({ code: 0 });
  expect(started.json()).toMatchObject({ result: "done", leftovers: [] });
  expect(own.images()).toEqual(Array(5).fill(image));
  expect(started.err).toMatch(/re-imaging/);
  expect(await readFile(junit, "utf8")).toContain('tests="5" failures="0" errors="0" skipped="0"');

  const journal = `${plan}.journal`;
  expect((await own.aps("rollout", "status", "--journal", journal)).out).toContain("done, forward; scaling before");
  const again = await own.aps("rollout", "start", "--plan", plan);
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining(`by aps rollout resume --journal ${journal}`) });
  expect(again.err).toContain("See aps rollout start --help");
  const back = await own.aps("rollout", "back", "--journal", journal);
  expect(back).toMatchObject({ code: 0, out: expect.stringContaining("rolled back") });
  expect(own.images()).not.toContain(image);
});

test("where nobody can be asked, a rollout needs a plan or --approve, and nothing is sent without", async () => {
  await using own = await office();
  const refused = await own.aps("rollout", "start", group, "--image", image);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("--approve") });
  expect(own.emulator.requests).toEqual([]);
});

test("what is wrong with a file of a rollout is told of the command that was typed", async () => {
  await using own = await office();
  const plan = join(folder, "plan.json");
  await own.aps("rollout", "plan", group, "--image", image, "--plan", plan);
  const nowhere = ["--junit", join(folder, "none", "junit.xml")];
  const missing = ["--journal", join(folder, "missing")];
  for (const args of [
    ["start", "--plan", plan, ...nowhere],
    ["back", ...missing, ...nowhere],
    ["resume", ...missing],
    ["back", ...missing],
  ]) {
    const refused = await own.aps("rollout", ...args);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`See aps rollout ${args[0]} --help`) });
  }
});

test("old images are shown, and deleted on word", async () => {
  await using own = await office();
  const prune = ["image", "prune", "--name", "office-*", "--keep", "1"];
  const shown = await own.aps(...prune, "--dry-run", "--output", "json");
  expect(shown.json().images).toHaveLength(3);
  const pruned = await own.aps(...prune, "--yes");
  expect(pruned).toMatchObject({ code: 0 });
  expect(pruned.out).toMatch(/deleted/);
  const left = [...(own.emulator.state.projects.get(projectId)?.otherImages.values() ?? [])].map(({ name }) => name);
  expect(left).toContain("office-2026-09");
});
