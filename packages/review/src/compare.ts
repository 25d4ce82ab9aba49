import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { runProgram } from "../../../scripts/programs.ts";

/** A change as `redocly diff` reports it. */
export interface Difference {
  readonly path: string;
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: "major" | "minor" | "patch";
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  readonly property?: string;
  readonly base?: Place;
  readonly revision?: Place;
}

export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly value?: unknown;
}

/**
 * Compares two descriptions with `redocly diff`.
 *
 * @param base absolute path of the description as it was.
 * @param revision absolute path of the description as it is.
 * @throws Error when one of them cannot be read.
 */
export async function compare(base: string, revision: string): Promise<readonly Difference[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "aps-review-")));
  try {
    const output = join(folder, "diff.json");
    // In a folder without a configuration of its own the tool judges by its default rules.
    await runProgram("redocly", diffArguments(base, revision, output), folder);
    return await differencesIn(output);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What `redocly` is called with, to write the differences to a file. */
export function diffArguments(base: string, revision: string, output: string): string[] {
  return ["diff", base, revision, "--format", "json", "--fail-on", "none", "--output", output];
}

/** Reads what `redocly diff` has written, in whose folder it ran. */
export async function differencesIn(output: string): Promise<readonly Difference[]> {
  const { changes } = JSON.parse(await readFile(output, "utf8")) as { changes: readonly Difference[] };
  const absolute = (place: Place) => ({ ...place, file: resolve(dirname(output), place.file) });
  return changes.map(({ base, revision, ...change }) => ({
    ...change,
    ...(base && { base: absolute(base) }),
    ...(revision && { revision: absolute(revision) }),
  }));
}
