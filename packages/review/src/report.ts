import type { Change, Verdict } from "./change.ts";
import type { Coverage } from "./coverage.ts";
import type { SurfaceChange } from "./surface.ts";
import type { Bump } from "./versions.ts";

/** A change with what it means for whom. */
export interface ReportedChange extends Change {
  readonly operations: readonly string[];
  /** Pages of the documentation that it alters, in every language. */
  readonly pages: readonly string[];
  /** Why it is let through although it breaks, and until when. */
  readonly exception?: { readonly reason: string; readonly until: string } | undefined;
}

/** Everything that a review has found. */
export interface Report {
  /** The reference that was given, and the commit that it led to. */
  readonly base: string;
  readonly commit: string;
  readonly passed: boolean;
  /** The gravest verdict, exceptions left aside. */
  readonly verdict: Verdict | "unchanged";
  /** What the changes demand that are not let through by an exception. */
  readonly demandedBump: Bump;
  readonly changes: readonly ReportedChange[];
  /** Findings of the linter, as it prints them; empty when there are none. */
  readonly lint: string;
  readonly versionProblems: readonly string[];
  /** Exceptions that let nothing through. */
  readonly idleExceptions: readonly string[];
  readonly surface: readonly SurfaceChange[];
  readonly coverage: { readonly before: Coverage; readonly after: Coverage };
  /** What callers of the client call that is affected. */
  readonly methods: readonly string[];
  /** Pages of the documentation that change, in every language. */
  readonly pages: readonly string[];
  readonly blindSpots: readonly string[];
}

/** What the review cannot see, in every report, so that nobody takes its silence for an answer. */
export const blindSpots: readonly string[] = [
  "Whether the service behaves as the contract says: `npm run spec:drift` holds a recording of it against the contract.",
  "Translations of the prose, which have a test of their own.",
  "Prose: a description may promise something else and is still rated safe.",
  "Patterns that look around in their middle: whether a changed one takes more or less cannot be told, so that it is risky.",
  "Types of the client that are written by hand: only the names of its exports are compared.",
  "What several alternatives of a choice make up for together: where one alternative alone does not, a change of it is risky.",
  "Workflows (`spec/workflows/`) are linted and run by tests, not compared.",
];
