import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { edgeCases } from "./edge-cases.ts";
import { quirksOf, quirksTable } from "./quirks.ts";
import { type Overlay, translate } from "./translations.ts";

const SPEC = join(import.meta.dirname, "..");
const bundle = JSON.parse(readFileSync(join(SPEC, "dist/openapi.json"), "utf8"));
const samples = parse(readFileSync(join(SPEC, "edge-cases/samples.yaml"), "utf8"));

write("edge-cases.json", `${JSON.stringify(edgeCases(bundle, samples), null, 2)}\n`);
const quirks = quirksOf(bundle);
write("QUIRKS.md", quirksTable(quirks));
write("quirks.json", `${JSON.stringify(quirks, null, 2)}\n`);
for (const language of readdirSync(join(SPEC, "translations"), { withFileTypes: true })) {
  if (!language.isDirectory()) continue;
  const translated = await translate(bundle, overlaysIn(language.name));
  write(`openapi.${language.name}.json`, `${JSON.stringify(translated, null, 2)}\n`);
  write(`quirks.${language.name}.json`, `${JSON.stringify(quirksOf(translated), null, 2)}\n`);
}

function overlaysIn(language: string): Overlay[] {
  const folder = join(SPEC, "translations", language);
  return readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), "utf8")));
}

/** Writes a file only when its content changes, so that nothing is rebuilt for nothing. */
function write(name: string, content: string): void {
  const path = join(SPEC, "dist", name);
  if (!existsSync(path) || readFileSync(path, "utf8") !== content) writeFileSync(path, content);
}
