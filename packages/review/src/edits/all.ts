import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answers } from "./answers.ts";
import type { Contract, Edit } from "./edit.ts";
import { everywhere } from "./everywhere.ts";
import { facts } from "./facts.ts";
import { iam } from "./iam.ts";
import { operations } from "./operations.ts";
import { requests } from "./requests.ts";
import { parameterEdits, schemaEdits } from "./schemas.ts";
import { writing } from "./writing.ts";

/** Every edit, by the document that it changes. */
export const editsOf: Readonly<Record<string, readonly Edit[]>> = {
  openapi: [
    ...requests,
    ...answers,
    ...operations,
    ...facts,
    ...writing,
    ...schemaEdits(0, 3),
    ...parameterEdits(0, 2),
  ],
  iam: [...iam, ...schemaEdits(1, 3), ...everywhere],
  ims: [...schemaEdits(2, 3), ...parameterEdits(1, 2), ...everywhere],
};

const spec = join(import.meta.dirname, "..", "..", "..", "..", "spec", "dist");

/** The documents of the contract, as they are built. */
export const documentNames: readonly string[] = Object.keys(editsOf);

/** The text of a document as it is built. */
export async function documentText(name: string): Promise<string> {
  return readFile(join(spec, `${name}.json`), "utf8");
}

/** Both sides of an edit. */
export function edited(text: string, { given, apply }: Edit): { before: Contract; after: Contract } {
  const [before, after] = [JSON.parse(text), JSON.parse(text)];
  for (const contract of [before, after]) given(contract);
  apply(after);
  return { before, after };
}
