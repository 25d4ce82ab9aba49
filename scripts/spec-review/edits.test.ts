import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answers } from "./edits/answers.ts";
import { type Contract, type Edit, edit } from "./edits/edit.ts";
import { facts } from "./edits/facts.ts";
import { iam } from "./edits/iam.ts";
import { operations } from "./edits/operations.ts";
import { requests } from "./edits/requests.ts";
import { writing } from "./edits/writing.ts";
import { verdictOn } from "./review.ts";

const aps = [edit("nothing", "unchanged", () => {}), ...requests, ...answers, ...operations, ...facts, ...writing];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-edits-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ["openapi", aps],
  ["iam", iam],
] as const)("the verdict on one edit of %s", (document, edits) => {
  it.concurrent.each(edits.map((one) => [one.name, one.expected, one] as const))(
    "%s: %s",
    async (_name, expected, { given, apply }) => {
      const [before, after] = [await released(document), await released(document)];
      for (const contract of [before, after]) given(contract);
      apply(after);
      expect(await verdictOn(await written(before), await written(after))).toBe(expected);
    },
    60_000,
  );
});

it("is held on more than a hundred and fifty edits, of which none stands twice", () => {
  const all: readonly Edit[] = [...aps, ...iam];
  expect(all.length).toBeGreaterThan(150);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

async function released(document: string): Promise<Contract> {
  const bundle = join(import.meta.dirname, "..", "..", "spec", "dist", `${document}.json`);
  return JSON.parse(await readFile(bundle, "utf8"));
}

let files = 0;

async function written(bundle: Contract): Promise<{ description: string; bundle: Contract }> {
  files += 1;
  const description = join(folder, `${files}.json`);
  await writeFile(description, JSON.stringify(bundle, null, 2));
  return { description, bundle };
}
