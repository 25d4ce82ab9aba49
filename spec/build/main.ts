import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { edgeCases } from "./edge-cases.ts";
import { type Quirk, quirksOf, quirksTable } from "./quirks.ts";
import { translate } from "./translations.ts";
import { type Document, languages, overlaysOf } from "./translations-of.ts";

const SPEC = join(import.meta.dirname, "..");

/** What is made of each document that has edge cases and translations, and the start of its files. */
const DOCUMENTS: readonly { readonly name: Document; readonly samples: string; readonly start: string }[] = [
  { name: "openapi", samples: "samples.yaml", start: "" },
  { name: "ims", samples: "ims.yaml", start: "ims-" },
];

const all: Quirk[] = [];
for (const { name, samples, start } of DOCUMENTS) {
  const bundle = JSON.parse(readFileSync(join(SPEC, "dist", `${name}.json`), "utf8"));
  const given = parse(readFileSync(join(SPEC, "edge-cases", samples), "utf8"));
  write(`${start}edge-cases.json`, `${JSON.stringify(edgeCases(bundle, given), null, 2)}\n`);
  const quirks = quirksOf(bundle);
  all.push(...quirks);
  write(`${start}quirks.json`, `${JSON.stringify(quirks, null, 2)}\n`);
  for (const language of languages()) {
    const translated = await translate(bundle, overlaysOf(name, language));
    write(`${name}.${language}.json`, `${JSON.stringify(translated, null, 2)}\n`);
    write(`${start}quirks.${language}.json`, `${JSON.stringify(quirksOf(translated), null, 2)}\n`);
  }
}
write("QUIRKS.md", quirksTable(all));

/** Writes a file only when its content changes, so that nothing is rebuilt for nothing. */
function write(name: string, content: string): void {
  const path = join(SPEC, "dist", name);
  if (!existsSync(path) || readFileSync(path, "utf8") !== content) writeFileSync(path, content);
}
