import { describe, expect, it } from "vitest";
import { editsOf } from "../edits/all.ts";
import { oasdiff } from "./oasdiff.ts";
import { openapiDiff } from "./openapi-diff.ts";

const known = new Set(Object.values(editsOf).flatMap((edits) => edits.map(({ name }) => name)));

describe.each([
  ["oasdiff", oasdiff, 140],
  ["openapi-diff", openapiDiff, 50],
] as const)("the table of the checks of %s", (_name, checks, least) => {
  it("has a row for each", () => {
    expect(checks.length).toBeGreaterThanOrEqual(least);
    expect(new Set(checks.map(({ check }) => check)).size).toBe(checks.length);
  });

  it("shows each that applies by edits of the table of verdicts", () => {
    const missing = checks.flatMap(({ check, edits }) =>
      edits.filter((name) => !known.has(name)).map((name) => `${check}: ${name}`),
    );
    expect(missing).toEqual([]);
    expect(checks.filter(({ relation, edits }) => relation !== "none" && edits.length === 0)).toEqual([]);
  });

  it("says why, where the verdict is another one or the check does not apply", () => {
    expect(checks.filter(({ relation, reason }) => relation !== "same" && !reason)).toEqual([]);
  });
});
