/** What a change means for callers of the client. */
export type Verdict = "breaking" | "risky" | "safe";

/** From the gravest to the lightest. */
export const verdicts: readonly Verdict[] = ["breaking", "risky", "safe"];

/** One change of the contract. */
export interface Change {
  readonly verdict: Verdict;
  /** Names the rule that judged it; exceptions refer to it. */
  readonly rule: string;
  /** The change in one sentence. */
  readonly says: string;
  /** JSON pointer into the contract, with references followed. */
  readonly pointer: string;
  /** Other places with the same change, because they refer to the same component. */
  readonly alsoAt?: readonly string[] | undefined;
  /** Where it is written, if the comparison tells. */
  readonly source?: Source | undefined;
}

/** Where a part of the contract is written: a file below the repository, and the line, from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** The gravest verdict of a list; undefined for none. */
export function gravest(changes: readonly Pick<Change, "verdict">[]): Verdict | undefined {
  return verdicts.find((verdict) => changes.some((change) => change.verdict === verdict));
}

/** The gravest first; otherwise in the order in which they came. */
export function inOrder<T extends Pick<Change, "verdict">>(changes: readonly T[]): T[] {
  return changes.toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}
