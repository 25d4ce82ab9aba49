import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CachedRun, runTasks } from "./cache-check/run-tasks.ts";
import { type CacheServer, startCacheServer } from "./cache-check/server.ts";
import { type Clone, cloneWorkingTree } from "./pipeline-clone.ts";
import { programs } from "./programs.ts";
import { suiteTasks } from "./suite/parts.ts";

/** What turbo says about one task in `--dry=json`. */
interface Task {
  readonly taskId: string;
  readonly hash: string;
  /** Digests of the files that it reads. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly cache: { readonly status: "HIT" | "MISS" };
}

const builds = ["cli#build", "client#build", "docs#build", "emulator#build", "fleet#build", "spec#build"];
let server: CacheServer;
/** A clean clone, in which everything is done once. Its cache is its own and that of the server. */
let clone: Clone;
let first: CachedRun;
/** What the tasks of the suite were about to read before any of them ran. */
let unused: readonly Task[];

beforeAll(async () => {
  server = await startCacheServer();
  clone = cloneWorkingTree();
  unused = tasks(suiteTasks);
  first = runTasks(clone.folder, suiteTasks, "local:rw,remote:rw", server.environment);
});

afterAll(async () => {
  await clone?.remove();
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

  it("writes into nothing that a task reads: after the whole suite all of it is in the cache", () => {
    const now = tasks(suiteTasks);
    const written = unused.flatMap(({ taskId, inputs: before }) => {
      const after = now.find((task) => task.taskId === taskId)?.inputs ?? {};
      const changed = Object.keys({ ...before, ...after }).filter((file) => before[file] !== after[file]);
      return changed.map((file) => `${taskId} reads ${file}`);
    });
    expect(written).toEqual([]);
    expect(now.filter((task) => task.cache.status !== "HIT").map(({ taskId }) => taskId)).toEqual([]);
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
  const other = cloneWorkingTree();
  try {
    const second = runTasks(other.folder, suiteTasks, "remote:rw", server.environment);
    expect(first.done.length).toBeGreaterThan(12);
    expect(second).toEqual({ done: [], restored: first.done });
    const [made, restored] = await Promise.all(
      [clone, other].map(({ folder }) => readFile(join(folder, "packages", "client", "dist", "index.js"), "utf8")),
    );
    expect(restored).toBe(made);
  } finally {
    await other.remove();
  }
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

/** What turbo would do for some of its tasks. */
function tasks(of: readonly string[] = ["build"]): Task[] {
  const options = {
    maxBuffer: 64 << 20,
    cwd: clone.folder,
    encoding: "utf8",
    env: { ...process.env, TURBO_HASH: undefined },
  } as const;
  return JSON.parse(execFileSync(process.execPath, [programs.turbo, "run", ...of, "--dry=json"], options)).tasks;
}

function names(taskIds: readonly string[]): string[] {
  return taskIds.map((id) => id.replace("@workspace-aps/", "")).sort();
}
