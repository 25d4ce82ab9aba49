import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The folders in `packages/` of what is published on npm: every package that does not say that it is private.
 *
 * @param root a folder of the repository.
 */
export function publishedPackages(root: string = join(import.meta.dirname, "..", "..")): string[] {
  const folders = readdirSync(join(root, "packages"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")).private !== true)
    .sort();
}
