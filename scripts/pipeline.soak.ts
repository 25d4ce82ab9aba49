import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CachedRun, cachedTasks, runTasks } from "./cache-check/run-tasks.ts";
import { type CacheServer, startCacheServer } from "./cache-check/server.ts";
import { type Clone, cloneWorkingTree } from "./pipeline-clone.ts";
import { changedInputs, type PlannedTask, plannedTasks } from "./suite/inputs.ts";

const builds = ["cli#build", "client#build", "docs#build", "emulator#build", "fleet#build", "spec#build"];
let server: CacheServer;
/** A clean clone, in which everything is done once. Its cache is its own and that of the server. */
let clone: Clone;
/** Another one of the same moment. */
let other: Clone;
let first: CachedRun;
/** What the tasks were about to read before any of them ran. */
let unused: readonly PlannedTask[];

beforeAll(async () => {
  server = await startCacheServer();
  clone = cloneWorkingTree();
  other = cloneWorkingTree();
  unused = plannedTasks(clone.folder, cachedTasks);
  first = runTasks(clone.folder, cachedTasks, "local:rw,remote:rw", server.environment);
});

afterAll(async () => {
  await clone?.remove();
  await other?.remove();
  await server?.stop();
});

describe("the pipeline", () => {
  it("builds once: a second build with nothing changed is all cache hits", () => {
    expect(first.restored).toEqual([]);
    expect(first.done.filter((task) => task.endsWith("#build"))).toEqual(builds);
    expect(names(tasks().map((task) => task.taskId))).toEqual(builds);
    expect(tasks().filter((task) => task.cache.status !== "HIT")).toEqual([]);
    expect(runTasks(clone.folder, ["build"], "local:rw")).toEqual({ done: [], restored: builds });
  });

  it("writes into nothing that a task reads: all of it is in the cache afterwards", () => {
    const now = plannedTasks(clone.folder, cachedTasks);
    expect(changedInputs(unused, now)).toEqual([]);
    expect(now.filter((task) => task.cache.status !== "HIT").map(({ taskId }) => taskId)).toEqual([]);
  });

  it("names a file that a task reads and that changed", async () => {
    const before = plannedTasks(clone.folder, ["test"]);
    const file = join(clone.folder, "packages", "client", "examples", "left-behind.json");
    await writeFile(file, "{}");
    const changed = changedInputs(before, plannedTasks(clone.folder, ["test"]));
    await rm(file);
    expect(changed).toContain("client#test reads examples/left-behind.json");
  });

  it("rebuilds what depends on the contract when one word of a path file changes, and nothing else", async () => {
    const stale = await staleAfter("spec/paths/image-server-jobs_job_id.yaml", "Shows", "Describes");
    expect(stale).toEqual(builds);
  });

  it("does not rebuild the contract, nor the client, when the emulator changes", async () => {
    const stale = await staleAfter("packages/emulator/src/index.ts", "export", "// A word more.\nexport");
    expect(stale).toEqual(["cli#build", "docs#build", "emulator#build", "fleet#build"]);
  });

  it("rebuilds the site only when a guide changes", async () => {
    const stale = await staleAfter("packages/docs/src/content/docs/guides/ci.mdx", "\n", "\n# A word more.\n");
    expect(stale).toEqual(["docs#build"]);
  });

  it("rebuilds nothing when only a test or a README changes", async () => {
    expect(await staleAfter("README.md", "\n", "\nA word more.\n")).toEqual([]);
    expect(await staleAfter("scripts/repository.test.ts", "\n", "\n// A word more.\n")).toEqual([]);
  });
});

it("a second clean clone restores every task from a cache server, and does none", async () => {
  const second = runTasks(other.folder, cachedTasks, "remote:rw", server.environment);
  expect(first.done.length).toBeGreaterThan(12);
  expect(second).toEqual({ done: [], restored: first.done });
  const [made, restored] = await Promise.all(
    [clone, other].map(({ folder }) => readFile(join(folder, "packages", "client", "dist", "index.js"), "utf8")),
  );
  expect(restored).toBe(made);
});

/** Changes a file, asks turbo which builds are no longer in the cache, and puts the file back. */
async function staleAfter(file: string, from: string, to: string): Promise<string[]> {
  const path = join(clone.folder, file);
  const before = await readFile(path, "utf8");
  const hashes = new Map(tasks().map((task) => [task.taskId, task.hash]));
  await writeFile(path, before.replace(from, to));
  expect(await readFile(path, "utf8")).not.toBe(before);
  const changed = tasks().filter((task) => hashes.get(task.taskId) !== task.hash);
  await writeFile(path, before);
  return names(changed.map((task) => task.taskId));
}

/** What turbo would do to build. */
function tasks(): PlannedTask[] {
  return plannedTasks(clone.folder, ["build"]);
}

function names(taskIds: readonly string[]): string[] {
  return taskIds.map((id) => id.replace("@workspace-aps/", "")).sort();
}
