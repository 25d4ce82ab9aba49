import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median } from "./calls.ts";

const run = promisify(execFile);

/** What importing the client costs over an empty process, in milliseconds of wall time and MiB of resident memory. */
export async function importCost(pairs: number): Promise<{ ms: number; mib: number }> {
  const times: number[] = [];
  const sizes: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const empty = await start("");
    const full = await start('import "@workspace-aps/client";');
    times.push(full.ms - empty.ms);
    sizes.push(full.mib - empty.mib);
  }
  return { ms: median(times), mib: median(sizes) };
}

async function start(program: string): Promise<{ ms: number; mib: number }> {
  const source = `${program} process.stdout.write(String(process.memoryUsage.rss()));`;
  const startedAt = performance.now();
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", source], {
    cwd: import.meta.dirname,
  });
  return { ms: performance.now() - startedAt, mib: Number(stdout) / 2 ** 20 };
}
