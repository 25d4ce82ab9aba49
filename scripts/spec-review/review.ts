import { readFile } from "node:fs/promises";
import { type Change, gravest, type Verdict, verdicts } from "./change.ts";
import { classify } from "./classify.ts";
import { compare } from "./compare.ts";
import { compareFacts } from "./extensions.ts";

/** A contract in two forms: the file to compare, and the bundle for the facts that the comparison leaves out. */
export interface Contract {
  /** Path of the description, split or bundled. */
  readonly description: string;
  /** Path of the bundle, as JSON. */
  readonly bundle: string;
}

/** Everything that changed between two contracts, the gravest first. */
export async function changesBetween(base: Contract, revision: Contract): Promise<Change[]> {
  const [differences, before, after] = await Promise.all([
    compare(base.description, revision.description),
    readJson(base.bundle),
    readJson(revision.bundle),
  ]);
  const changes = [...differences.map(classify), ...compareFacts(before, after)];
  if (changes.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) changes.push(wordsOnly);
  return changes.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}

/** The verdict on a pair of contracts; `unchanged` when they say the same. */
export async function verdictOn(base: Contract, revision: Contract): Promise<Verdict | "unchanged"> {
  return gravest(await changesBetween(base, revision)) ?? "unchanged";
}

const wordsOnly: Change = {
  verdict: "safe",
  rule: "words-changed",
  says: "Only examples, sources or other words changed.",
  pointer: "#",
};

async function readJson(path: string): Promise<object> {
  return JSON.parse(await readFile(path, "utf8")) as object;
}
