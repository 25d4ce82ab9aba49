// Moves the links of a site that is published under a path of its host, such as https://example.org/aps, to that path.
// What Astro and Starlight write themselves is there already.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rebase } from "./rebase.ts";

const base = new URL(process.env.SITE_URL || "http://localhost").pathname.replace(/\/$/, "");
const site = join(import.meta.dirname, "..", "dist");

if (base !== "") {
  const files = await readdir(site, { recursive: true });
  for (const file of files.filter((name) => /\.(html|md|txt)$/.test(name) && !/(^|\/)redoc\//.test(name))) {
    const text = await readFile(join(site, file), "utf8");
    await writeFile(join(site, file), rebase(text, base));
  }
}
