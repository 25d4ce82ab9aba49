import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { limitsMs } from "./limits.ts";

/** What a test starts the browser with that comes with the development dependencies. */
export interface BrowserOptions {
  readonly executablePath: string;
  readonly timeout: number;
  readonly args: string[];
}

/**
 * Unpacks the browser where it is not yet, in a folder of this repository that git ignores: one that another user has unpacked in
 * a folder for everybody cannot be started, and a run of tests takes its own temporary files away.
 *
 * @param packaged the package `@sparticuz/chromium`.
 */
export async function browserOptions(packaged: { executablePath(): Promise<string> }): Promise<BrowserOptions> {
  const { TMPDIR } = process.env;
  const folder = join(import.meta.dirname, "..", "..", ".turbo", "browser");
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  try {
    return { executablePath: await packaged.executablePath(), timeout: limitsMs.wait, args: [...quiet] };
  } finally {
    if (TMPDIR === undefined) Reflect.deleteProperty(process.env, "TMPDIR");
    else process.env.TMPDIR = TMPDIR;
  }
}

/**
 * Without the zygote, processes of pages are children of the browser, which waits for their ends: only so is their processor time
 * told with that of the tests. Without the last three it asks its maker's hosts for updates.
 */
const quiet = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
