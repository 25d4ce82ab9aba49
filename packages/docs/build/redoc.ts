// The whole contract on one page for each language, made by `redocly build-docs`, with nothing in it that asks another host.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { languages } from "../src/edition/language.ts";
import { siteWords } from "../src/words/site.ts";

const run = promisify(execFile);
const policy = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";
const root = join(import.meta.dirname, "..");

for (const { tag, locale = "" } of languages) {
  const contract = tag === "en" ? "openapi.json" : `openapi.${tag}.json`;
  const page = join(root, "dist", locale, "redoc", "index.html");
  const options = ["--output", page, "--inlineBundle", "--title", siteWords[tag].title];
  await run("redocly", ["build-docs", join(root, "..", "..", "spec", "dist", contract), ...options]);
  const html = await readFile(page, "utf8");
  const alone = html
    // The badge of the tool is loaded from its maker's host.
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, "data:image/svg+xml,<svg/>")
    .replace("<head>", `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
  if (!alone.includes(policy)) throw new Error("The page of redocly build-docs has no <head> to put a policy in.");
  await writeFile(page, alone);
}
