import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const installed = join(import.meta.dirname, "..", "node_modules");

/** Programs of installed packages, each to be run by Node itself: without a shell they start alike on every platform. */
export const programs = {
  changeset: join(installed, "@changesets", "cli", "bin.js"),
  redocly: join(installed, "@redocly", "cli", "bin", "cli.js"),
  /** What the one above loads. */
  redoclyModule: join(installed, "@redocly", "cli", "lib", "index.js"),
  tsc: join(installed, "typescript", "bin", "tsc"),
  turbo: join(installed, "turbo", "bin", "turbo"),
  vitest: join(installed, "vitest", "vitest.mjs"),
  cacheServer: join(installed, "turborepo-remote-cache", "dist", "cli.js"),
} as const;

/** What keeps redocly from telling its makers about a run, and from asking for news. */
export const quietly = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } as const;

/**
 * Runs one of the programs to its end.
 *
 * @throws Error with its `stdout` and `stderr` when it does not end with 0.
 */
export async function runProgram(
  name: keyof typeof programs,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const environment = { ...process.env, ...quietly };
  return promisify(execFile)(process.execPath, [programs[name], ...args], {
    cwd,
    env: environment,
    maxBuffer: 64 << 20,
  });
}
