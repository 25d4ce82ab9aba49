import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Overlay } from "./translations.ts";

/** A document that is translated. */
export type Document = "openapi" | "ims";

const TRANSLATIONS = join(import.meta.dirname, "..", "translations");

/** The languages that there are translations to. */
export function languages(): string[] {
  return readdirSync(TRANSLATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The overlays of a document in a language. Those of `openapi` are in the language's folder, others in one below it. */
export function overlaysOf(document: Document, language: string): Overlay[] {
  const folder = document === "openapi" ? join(TRANSLATIONS, language) : join(TRANSLATIONS, language, document);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => parse(readFileSync(join(folder, file), "utf8")));
}
