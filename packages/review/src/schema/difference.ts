import type { Answer } from "./accepts.ts";

/**
 * What differs, by what a caller notices of it.
 *
 * - limit: values within the same type, such as longer texts
 * - enum: single values of a list
 * - type: values of another type
 * - null: no value where there was one
 * - presence: whether a property is there
 * - content: how a text is to be understood
 * - choice: what alternatives there are
 * - note: what callers are told without a rule for it, such as a default
 */
export type Kind = "limit" | "enum" | "type" | "null" | "presence" | "content" | "choice" | "note" | "unknown-keyword";

/** One difference between two schemas. */
export interface Difference {
  /** Steps below the schema that was compared. */
  readonly steps: readonly string[];
  readonly keyword: string;
  readonly kind: Kind;
  /** Whether the new schema takes values that the old one does not. */
  readonly gains: Answer;
  /** Whether the old schema takes values that the new one does not. */
  readonly loses: Answer;
  /** The difference in words, without saying where it is. */
  readonly says: string;
  /** A verdict that does not follow from sets. */
  readonly verdict?: "breaking" | "risky" | "safe" | undefined;
  /** The two schemas between which it could not be decided. */
  readonly between?: readonly [old: unknown, is: unknown] | undefined;
  /** Part of the name of the rule, where the kind and the direction say too little. */
  readonly rule?: string | undefined;
}

/** A comparison of two schemas of the same place, with what was met on the way to it. */
export type Compare = (old: unknown, is: unknown) => Difference[];

type Given = Partial<Difference> & Pick<Difference, "keyword" | "kind" | "says">;

/** A difference at the schema itself that neither gains nor loses values, but for what is given. */
export function difference(given: Given): Difference {
  return { steps: [], gains: "no", loses: "no", ...given };
}

/** Differences of a part, seen from the schema that it is in. */
export function below(steps: readonly string[], found: readonly Difference[]): Difference[] {
  return found.map((one) => ({ ...one, steps: [...steps, ...one.steps] }));
}

/** The gravest of some answers to whether there is a value. */
export function anyOfAnswers(answers: readonly Answer[]): Answer {
  return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
}

/** A value in a sentence. */
export function said(value: unknown): string {
  if (value === undefined || value === Infinity || value === -Infinity) return "nothing";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const short = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  // A code span that holds a backtick stands in two of them.
  return short.includes("`") ? `\`\` ${short} \`\`` : `\`${short}\``;
}
