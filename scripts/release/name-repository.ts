// Writes into the packages where they come from. npm holds this against the provenance, and refuses a package without it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { publishedPackages } from "./published-packages.ts";
import { repositoryUrl } from "./repository.ts";

const root = process.argv[2] ?? join(import.meta.dirname, "..", "..");
const url = repositoryUrl(root);
if (url === undefined) {
  console.error("Neither GitHub nor the remote origin says where this repository is on the web. Nothing is published.");
  process.exit(1);
}
for (const name of publishedPackages(root)) {
  const path = join(root, "packages", name, "package.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  manifest.repository = { type: "git", url: `git+${url}.git`, directory: `packages/${name}` };
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
console.log(`The packages come from ${url}.`);
