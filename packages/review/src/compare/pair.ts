import type { Sides } from "../schema/scalars.ts";

/** The two documents, seen in both directions. */
export interface Pair {
  readonly request: Sides;
  readonly answer: Sides;
}
