// Gives the contract the version that the packages have just got: they are released together.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const root = process.argv[2] ?? join(import.meta.dirname, "..", "..");
const { version } = JSON.parse(await readFile(join(root, "packages", "client", "package.json"), "utf8"));
for (const name of ["openapi.yaml", "iam.yaml", "ims.yaml"]) {
  const path = join(root, "spec", name);
  const text = await readFile(path, "utf8");
  const changed = text.replace(/^( {2}version: ).*$/m, `$1${version}`);
  if (changed === text && !text.includes(`  version: ${version}`)) throw new Error(`${path} has no version to change.`);
  await writeFile(path, changed);
}
console.log(`The contract has version ${version}.`);
