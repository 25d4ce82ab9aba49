/**
 * How a check of another tool compares: `same` verdict, `other` verdict for a reason, or `none` because it does not apply.
 * Errors there are breaking here, warnings risky, the rest safe.
 */
export type Relation = "same" | "other" | "none";

/** One check of another tool, with the edits that show the verdict here. */
export interface PeerCheck {
  readonly check: string;
  readonly relation: Relation;
  /** Names of edits, at least one for what applies. */
  readonly edits: readonly string[];
  /** Why the verdict is another one, or why it does not apply. */
  readonly reason?: string;
}

/** A check with the same verdict here, and the edits that show it. */
export function same(check: string, ...edits: readonly string[]): PeerCheck {
  return { check, relation: "same", edits };
}

/** A check with another verdict here, why, and the edits that show it. */
export function other(check: string, reason: string, ...edits: readonly string[]): PeerCheck {
  return { check, relation: "other", edits, reason };
}

/** A check that does not apply here, and why. */
export function none(check: string, reason: string): PeerCheck {
  return { check, relation: "none", edits: [], reason };
}

/** Reasons that several checks share. */
export const reasons = {
  answerLimit:
    "The client's types show no limits, and code that reads answers seldom counts on one: risky, not breaking.",
  defaults: "What the service does for those who send nothing changes, so that it is risky and not merely news.",
  deprecated: "Whoever calls it has to plan, so that it is risky and not merely news.",
  discriminator: "How alternatives are told apart is part of the answer and of the request: at least risky.",
  sunset: "The contract has no dates of sunset.",
  stability: "The contract has no levels of stability: every operation is as stable as the service.",
  extensible: "The contract writes open lists of values as a choice, whose known values are compared.",
  openApi32: "The contract is OpenAPI 3.1.",
  fields: "The client's types lose the field, and code that names it no longer compiles: breaking.",
  requestFields: "Requests are closed, so that a field that is not described is refused: breaking.",
} as const;
