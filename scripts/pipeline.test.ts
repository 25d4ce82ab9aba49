import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clone, cloneWorkingTree } from "./pipeline-clone.ts";
import { programs } from "./programs.ts";

/** What turbo says about one task in `--dry=json` and in the summary of a run. */
interface Task {
  readonly taskId: string;
  readonly hash: string;
  readonly cache: { readonly status: "HIT" | "MISS" };
}

let clone: Clone;

beforeAll(() => {
  clone = cloneWorkingTree();
}, 60_000);

afterAll(() => clone?.remove());

describe("the pipeline", () => {
  it("builds once: a second build with nothing changed is all cache hits", () => {
    const all = ["cli#build", "client#build", "docs#build", "emulator#build", "spec#build"];
    expect(build()).toEqual(all);
    expect(names(tasks().map((task) => task.taskId))).toEqual(all);
    expect(tasks().filter((task) => task.cache.status !== "HIT")).toEqual([]);
    expect(build()).toEqual([]);
  }, 240_000);

  it("rebuilds what depends on the contract when one word of a path file changes, and nothing else", async () => {
    const stale = await staleAfter("spec/paths/image-server-jobs_{job_id}.yaml", "Shows", "Describes");
    expect(stale).toEqual(["cli#build", "client#build", "docs#build", "emulator#build", "spec#build"]);
  }, 120_000);

  it("does not rebuild the contract, nor the client, when the emulator changes", async () => {
    const stale = await staleAfter("packages/emulator/src/index.ts", "export", "// A word more.\nexport");
    expect(stale).toEqual(["cli#build", "docs#build", "emulator#build"]);
  }, 60_000);

  it("rebuilds nothing when only a test or a README changes", async () => {
    expect(await staleAfter("README.md", "\n", "\nA word more.\n")).toEqual([]);
    expect(await staleAfter("scripts/pipeline.test.ts", "\n", "\n// A word more.\n")).toEqual([]);
  }, 60_000);
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

function tasks(): Task[] {
  return JSON.parse(run("--dry=json")).tasks;
}

/** Builds, and returns the tasks that really ran. */
function build(...args: string[]): string[] {
  const output = run("--output-logs=hash-only", "--log-order=stream", ...args);
  return names([...output.matchAll(/^(@workspace-aps\/\w+):build: cache miss/gm)].map((match) => `${match[1]}#build`));
}

function run(...args: string[]): string {
  return execFileSync(process.execPath, [programs.turbo, "run", "build", "--cache=local:rw", ...args], {
    cwd: clone.folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TURBO_HASH: undefined, FORCE_COLOR: undefined },
  });
}

function names(taskIds: readonly string[]): string[] {
  return taskIds.map((id) => id.replace("@workspace-aps/", "")).sort();
}
