import { execFile } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quietly } from "../../../scripts/programs.ts";
import { gravest } from "./change.ts";
import { diffArguments, differencesIn } from "./compare.ts";
import { answers } from "./edits/answers.ts";
import type { Run } from "./edits/compare-many.ts";
import type { Contract, Edit } from "./edits/edit.ts";
import { facts } from "./edits/facts.ts";
import { iam } from "./edits/iam.ts";
import { operations } from "./edits/operations.ts";
import { requests } from "./edits/requests.ts";
import { writing } from "./edits/writing.ts";
import { judged } from "./review.ts";

const aps = [...requests, ...answers, ...operations, ...facts, ...writing];
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "aps-edits-")));
  const runs = [...(await prepared("openapi", aps)), ...(await prepared("iam", iam))];
  const halves = [runs.filter((_, index) => index % 2 === 0), runs.filter((_, index) => index % 2 === 1)];
  await Promise.all(halves.map((half, index) => compareAll(half, join(folder, `runs-${index}.json`))));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ["openapi", aps],
  ["iam", iam],
] as const)("the verdict on one edit of %s", (document, edits) => {
  it.each(edits.map((one) => [one.name, one.expected, one] as const))("%s: %s", async (_name, expected, edit) => {
    const { before, after } = await edited(document, edit);
    const differences = await differencesIn(fileOf(document, edits.indexOf(edit), "differences"));
    expect(gravest(judged(differences, { before, after }))).toBe(expected);
  });
});

it("is held on more than a hundred and ninety edits, of which none stands twice", () => {
  const all: readonly Edit[] = [...aps, ...iam];
  expect(all.length).toBeGreaterThan(190);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

/** Writes both sides of every edit. */
async function prepared(document: string, edits: readonly Edit[]): Promise<Run[]> {
  return Promise.all(
    edits.map(async (edit, index) => {
      const { before, after } = await edited(document, edit);
      const [was, is] = [fileOf(document, index, "before"), fileOf(document, index, "after")];
      await writeFile(was, JSON.stringify(before));
      await writeFile(is, JSON.stringify(after));
      const output = fileOf(document, index, "differences");
      return { args: diffArguments(was, is, output), output };
    }),
  );
}

async function edited(document: string, { given, apply }: Edit): Promise<{ before: Contract; after: Contract }> {
  const bundle = join(import.meta.dirname, "..", "..", "..", "spec", "dist", `${document}.json`);
  const text = await readFile(bundle, "utf8");
  const [before, after] = [JSON.parse(text), JSON.parse(text)];
  for (const contract of [before, after]) given(contract);
  apply(after);
  return { before, after };
}

function fileOf(document: string, index: number, what: string): string {
  return join(folder, `${document}-${index}-${what}.json`);
}

async function compareAll(runs: readonly Run[], list: string): Promise<void> {
  await writeFile(list, JSON.stringify(runs));
  const program = join(import.meta.dirname, "edits", "compare-many.ts");
  const environment = { ...process.env, ...quietly };
  await promisify(execFile)(process.execPath, [program, list], { cwd: folder, env: environment, maxBuffer: 64 << 20 });
}
