import { type Change, inOrder } from "./change.ts";
import { classify } from "./classify.ts";
import { compare, type Difference } from "./compare.ts";
import type { Documents, Node } from "./document.ts";
import { compareFacts, isFact } from "./facts/compare-facts.ts";

/** A contract in two forms: the file to compare, and the bundle for the facts that the comparison leaves out. */
export interface Contract {
  /** Path of the description, split or bundled. */
  readonly description: string;
  readonly bundle: Node;
}

/** Everything that changed between two contracts, the gravest first. */
export async function changesBetween(base: Contract, revision: Contract): Promise<Change[]> {
  const documents = { before: base.bundle, after: revision.bundle };
  if (JSON.stringify(documents.before) === JSON.stringify(documents.after)) return [];
  return judged(await compare(base.description, revision.description), documents);
}

/** The changes that `redocly diff` has found and those that it does not look for, judged, the gravest first. */
export function judged(differences: readonly Difference[], documents: Documents): Change[] {
  const changes = [
    ...differences.filter(({ path }) => !isFact(path)).map((one) => classify(one, documents)),
    ...compareFacts(documents.before, documents.after),
  ];
  if (changes.length === 0) changes.push(wordsOnly);
  return inOrder(changes);
}

const wordsOnly: Change = {
  verdict: "safe",
  rule: "words-changed",
  says: "Only examples, sources, the order or other words changed.",
  pointer: "#",
};
