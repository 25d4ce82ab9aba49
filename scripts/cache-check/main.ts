// `npm run cache:check`: whether a second machine restores everything that a first one has done.
import { checkCache } from "./check.ts";

const [first, second] = await checkCache(["build", "lint", "typecheck"]);
console.log(`The first clone did ${first.done.length} tasks and restored ${first.restored.length}.`);
console.log(`The second clone did ${second.done.length} tasks and restored ${second.restored.length}.`);
if (second.done.length > 0) {
  console.error(`Not restored: ${second.done.join(", ")}. Look at the inputs of these tasks in turbo.json.`);
  process.exitCode = 1;
}
