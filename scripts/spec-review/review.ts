import { type Change, gravest, type Verdict, verdicts } from "./change.ts";
import { classify } from "./classify.ts";
import { compare } from "./compare.ts";
import type { Node } from "./document.ts";
import { compareFacts, isFact } from "./facts/compare-facts.ts";

/** A contract in two forms: the file to compare, and the bundle for the facts that the comparison leaves out. */
export interface Contract {
  /** Path of the description, split or bundled. */
  readonly description: string;
  readonly bundle: Node;
}

/** Everything that changed between two contracts, the gravest first. */
export async function changesBetween(base: Contract, revision: Contract): Promise<Change[]> {
  const [before, after] = [base.bundle, revision.bundle];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const differences = await compare(base.description, revision.description);
  const changes = [
    ...differences.filter(({ path }) => !isFact(path)).map((one) => classify(one, { before, after })),
    ...compareFacts(before, after),
  ];
  if (changes.length === 0) changes.push(wordsOnly);
  return changes.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}

/** The verdict on a pair of contracts; `unchanged` when they say the same. */
export async function verdictOn(base: Contract, revision: Contract): Promise<Verdict | "unchanged"> {
  return gravest(await changesBetween(base, revision)) ?? "unchanged";
}

const wordsOnly: Change = {
  verdict: "safe",
  rule: "words-changed",
  says: "Only examples, sources, the order or other words changed.",
  pointer: "#",
};
