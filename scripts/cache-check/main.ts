// `npm run cache:check`: whether a second machine restores everything that a first one has done.
import { cloneWorkingTree } from "../pipeline-clone.ts";
import { type CachedRun, cachedTasks, runTasks } from "./run-tasks.ts";
import { startCacheServer } from "./server.ts";

const server = await startCacheServer();
try {
  const first = await inCleanClone();
  console.log(`The first clone did ${first.done.length} tasks and restored ${first.restored.length}.`);
  const second = await inCleanClone();
  console.log(`The second clone did ${second.done.length} tasks and restored ${second.restored.length}.`);
  if (second.done.length > 0) {
    console.error(`Not restored: ${second.done.join(", ")}. Look at the inputs of these tasks in turbo.json.`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}

async function inCleanClone(): Promise<CachedRun> {
  const clone = cloneWorkingTree();
  try {
    return runTasks(clone.folder, cachedTasks, "remote:rw", server.environment);
  } finally {
    await clone.remove();
  }
}
