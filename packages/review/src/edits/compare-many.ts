// Runs `redocly diff` many times in one process, because starting it takes five times as long as comparing. Its program runs
// when it is loaded, and under another address it is loaded again. Argument: a JSON file with the arguments of each run.
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { programs } from "../../../../scripts/programs.ts";

const runs = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as readonly Run[];
const program = pathToFileURL(programs.redoclyModule);

/** The arguments of one run of redocly, and the file that it writes. */
export interface Run {
  readonly args: readonly string[];
  readonly output: string;
}

for (const [index, { args, output }] of runs.entries()) {
  process.argv = [process.execPath, programs.redoclyModule, ...args];
  await import(`${program}?${index}`);
  const end = performance.now() + 20_000;
  while (!existsSync(output) && performance.now() < end) await sleep(2);
}
