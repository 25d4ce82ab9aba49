import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Quirk } from "../contract/document.ts";
import type { Edition } from "../edition/edition.ts";
import { contractWords } from "../words/contract.ts";
import { code, type Page, table } from "./page.ts";

/** The files that can be downloaded. */
export const downloads = Object.keys(contractWords.en.files);

/** The text of a file of the built contract. */
export function contractFile(name: string): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve(`@workspace-aps/spec/${name}`)), "utf8");
}

/** Where to download the contract. */
export function downloadsPage({ language, contract, link }: Edition): Page {
  const words = contractWords[language];
  const rows = Object.entries(words.files).map(([name, what]) => [`[${code(name)}](/contract/${name})`, what]);
  const body = [
    words.intro(contract.info.version, link("/redoc/")),
    table([words.file, words.what], rows),
    words.extensions,
    words.twins(link("/llms.txt")),
  ].join("\n\n");
  return { id: "contract", title: words.title, description: words.description, body };
}

/** Every contradiction of the vendor's documents, with what was decided. */
export async function quirksPage({ language, operations, link }: Edition): Promise<Page> {
  const words = contractWords[language].quirks;
  const files = ["quirks", "ims-quirks"].map((name) =>
    language === "en" ? `${name}.json` : `${name}.${language}.json`,
  );
  const texts = await Promise.all(files.map(contractFile));
  const quirks = texts.flatMap((text) => JSON.parse(text) as readonly (Quirk & { readonly subject: string })[]);
  const sections = [...new Set(quirks.map(({ subject }) => subject))].map((subject) => {
    const entries = quirks.filter((quirk) => quirk.subject === subject).map(entry);
    return [`## ${titleOf(subject)}`, ...entries].join("\n\n");
  });
  const body = [words.intro(quirks.length), ...sections].join("\n\n");
  return { id: "quirks", title: words.title, description: words.description, body, contentsTo: 2 };

  function titleOf(subject: string): string {
    if (subject.includes("://")) return words.hosts;
    const operation = operations.find(({ id }) => id === subject);
    return operation === undefined ? code(subject) : `[${operation.summary}](${link(`/reference/${operation.slug}/`)})`;
  }

  function entry({ id, says, decision, reason }: Quirk): string {
    const lines = [
      [words.says, says],
      [words.decided, decision],
      [words.because, reason],
    ].map(([label, text = ""]) => `- **${label}** ${text.trim().replaceAll(/\s*\n\s*/g, " ")}`);
    return `### ${id}\n\n${lines.join("\n")}`;
  }
}

/** What changed in the contract, version by version. The notes are written in English. */
export async function changelogPage({ language, contract }: Edition): Promise<Page> {
  const words = contractWords[language].changelog;
  // The changelog begins with the first release.
  const path = fileURLToPath(new URL("../../../client/CHANGELOG.md", import.meta.url));
  const text = await readFile(path, "utf8").catch(() => undefined);
  return {
    id: "changelog",
    title: words.title,
    description: words.description,
    body: text?.replace(/^# .*\n+/, "") ?? words.none(contract.info.version),
  };
}
