import type { Change, Source, Verdict } from "./change.ts";
import type { Difference } from "./compare.ts";
import { corrections } from "./corrections.ts";
import type { Documents } from "./document.ts";
import { sentence } from "./sentence.ts";
import { wireForm } from "./wire-form.ts";

/** Judges what `redocly diff` has found, for callers of the client. The first correction that knows better wins. */
export function classify(difference: Difference, documents: Documents): Change {
  const { impact, verdicts, kind, property, path, base, revision } = difference;
  const own: Verdict = impact === "major" ? "breaking" : "safe";
  const correction = corrections.map((correct) => correct(difference, documents)).find((found) => found !== undefined);
  const rule = correction?.rule ?? verdicts[0]?.ruleId ?? `${kind}-${property ?? "node"}`;
  const change = {
    verdict: correction?.verdict ?? own,
    rule,
    says: sentence(difference, kind === "removed" ? documents.before : documents.after),
  };
  const place = revision ?? base;
  const source: Source | undefined = place && { file: place.file, line: place.line };
  if (change.verdict !== "safe" && isSameOnTheWire(path, documents)) {
    const says = `${change.says} This only says the same in another way.`;
    return { verdict: "safe", rule: "written-otherwise", says, pointer: path, source };
  }
  return { ...change, pointer: path, source };
}

/** `redocly diff` sees how a description is written; a parameter that moves from the path to the operation is none. */
function isSameOnTheWire(pointer: string, { before, after }: Documents): boolean {
  const was = wireForm(before, pointer);
  return was !== undefined && was === wireForm(after, pointer);
}
