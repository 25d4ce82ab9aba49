import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edits } from "./edits.ts";
import { verdictOn } from "./review.ts";

const released = join(import.meta.dirname, "..", "..", "spec", "dist", "openapi.json");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-edits-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.concurrent("the verdict on one edit of the contract", () => {
  it.each(edits.map((edit, index) => [edit.name, edit.expected, edit, index] as const))(
    "%s: %s",
    async (_name, expected, edit, index) => {
      const contract = JSON.parse(await readFile(released, "utf8"));
      edit.apply(contract);
      const path = join(folder, `${index}.json`);
      await writeFile(path, JSON.stringify(contract, null, 2));
      const verdict = await verdictOn({ description: released, bundle: released }, { description: path, bundle: path });
      expect(verdict).toBe(expected);
    },
    60_000,
  );

  it("is held on at least forty edits, of which none stands twice", () => {
    expect(edits.length).toBeGreaterThanOrEqual(40);
    expect(new Set(edits.map(({ name }) => name)).size).toBe(edits.length);
  });
});
