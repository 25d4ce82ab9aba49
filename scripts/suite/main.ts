// `npm test` and `npm run soak`: runs the parts of a suite one after the other, and says at the end what each of them took.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { programs } from "../programs.ts";
import { duration, processorSeconds } from "./figures.ts";
import { changedInputs, plannedTasks } from "./inputs.ts";
import { type Part, suites, suiteTasks } from "./parts.ts";
import { skippedMark } from "./skipped-reporter.ts";
import { writableHome } from "./writable-home.ts";

const [name = "", ...rest] = process.argv.slice(2);
const parts = suites[name];
if (parts === undefined || rest.length > 0) {
  console.error(`suite: Which one? There are ${Object.keys(suites).join(" and ")}.`);
  process.exit(2);
}

const root = join(import.meta.dirname, "..", "..");
const started = performance.now();
const planned = name === "test" ? plannedTasks(root, suiteTasks) : [];
const took: string[] = [];
const skipped = new Set<string>();
for (const part of parts) {
  const passed = await run(part);
  if (passed) continue;
  process.exitCode = 1;
  break;
}
if (planned.length > 0 && !process.exitCode) checkCache();
for (const line of took) console.log(line);
const processor = await processorSeconds();
const work = processor === undefined ? "" : `, ${duration(processor)} of processor time`;
console.log(
  `${process.exitCode ? "Failed" : "Passed"} after ${duration((performance.now() - started) / 1000)}${work}.`,
);
console.log(skipped.size === 0 ? "Nothing was skipped." : `${skippedMark}${[...skipped].join("; ")}`);

/** Runs one part to its end, and notes what it took and what it skipped. */
async function run({ title, program, args }: Part): Promise<boolean> {
  const before = performance.now();
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn(process.execPath, [programs[program], ...args], {
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...process.env, ...colour, HOME: writableHome(), TURBO_TELEMETRY_DISABLED: "1" },
  });
  for await (const line of createInterface(child.stdout)) {
    console.log(line);
    const [, reasons] = line.split(skippedMark);
    for (const reason of reasons?.split("; ") ?? []) skipped.add(reason);
  }
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once("exit", resolve));
  took.push(`${title}: ${duration((performance.now() - before) / 1000)}`);
  return child.exitCode === 0;
}

/** What a suite has done must not be done again: no task may write into what it or another reads. */
function checkCache(): void {
  const now = plannedTasks(root, suiteTasks);
  const changed = changedInputs(planned, now);
  const missing = now.filter(({ cache }) => cache.status !== "HIT").map(({ taskId }) => taskId);
  if (changed.length === 0 && missing.length === 0) return;
  process.exitCode = 1;
  console.log(`Not in the cache after the run: ${missing.join(", ") || "nothing"}. Changed while it ran:`);
  for (const line of changed) console.log(`  ${line}`);
  console.log("Either somebody changed these files, or a task writes into what it or another reads.");
}
