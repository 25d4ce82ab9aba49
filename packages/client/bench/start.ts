import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { median } from "./calls.ts";

const run = promisify(execFile);
const client = join(import.meta.dirname, "..");
const openapiFetch = join(client, "..", "..", "node_modules", "openapi-fetch");

/** What importing the client costs over an empty process, in milliseconds of wall time and MiB of resident memory. */
export async function importCost(pairs: number): Promise<{ ms: number; mib: number }> {
  const folder = await install();
  const times: number[] = [];
  const sizes: number[] = [];
  try {
    for (let pair = 0; pair < pairs; pair++) {
      const empty = await start("", folder);
      const full = await start('import "@workspace-aps/client";', folder);
      times.push(full.ms - empty.ms);
      sizes.push(full.mib - empty.mib);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { ms: median(times), mib: median(sizes) };
}

/** A folder with the client in it as its users have it: as files, and not as the link of a workspace. */
async function install(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const modules = join(folder, "node_modules");
  await cp(openapiFetch, join(modules, "openapi-fetch"), { recursive: true });
  for (const part of ["package.json", "dist"]) {
    await cp(join(client, part), join(modules, "@workspace-aps", "client", part), { recursive: true });
  }
  return folder;
}

async function start(program: string, cwd: string): Promise<{ ms: number; mib: number }> {
  const source = `${program} process.stdout.write(String(process.memoryUsage.rss()));`;
  const startedAt = performance.now();
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", source], { cwd });
  return { ms: performance.now() - startedAt, mib: Number(stdout) / 2 ** 20 };
}
