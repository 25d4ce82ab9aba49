import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The home folder for what a suite starts. npm packs and Astro builds only where they may write there, so that a home that is
 * read-only, or not there, is replaced by a folder of this repository that git ignores.
 */
export function writableHome(home: string = homedir()): string {
  try {
    accessSync(home, constants.W_OK);
    return home;
  } catch {
    const own = join(import.meta.dirname, "..", "..", ".turbo", "home");
    mkdirSync(own, { recursive: true });
    return own;
  }
}
