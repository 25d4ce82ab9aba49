import type { Change, Source, Verdict } from "./change.ts";
import type { Difference, Place } from "./compare.ts";

type Judgement = { readonly verdict: Verdict; readonly rule: string } | undefined;

/** Judges what `redocly diff` has found, for callers of the client. The first rule that knows better wins. */
export function classify(difference: Difference): Change {
  const judgement = corrections.map((correct) => correct(difference)).find((found) => found !== undefined);
  const verdict = judgement?.verdict ?? (difference.impact === "major" ? "breaking" : "safe");
  return {
    verdict,
    rule: judgement?.rule ?? difference.verdicts[0]?.ruleId ?? `${difference.kind}-${difference.property ?? "node"}`,
    says: sentence(difference),
    pointer: difference.path,
    source: sourceOf(difference),
  };
}

/** Where callers of the client see it otherwise than the rules of `redocly diff`, which judge by the document alone. */
const corrections: readonly ((difference: Difference) => Judgement)[] = [
  // The client's types leave the enums of answers open, so that a new value compiles; code may still not expect it.
  ({ verdicts }) =>
    verdicts.some(({ ruleId }) => ruleId === "enum-values-added")
      ? { verdict: "risky", rule: "answer-enum-widened" }
      : undefined,
  ({ path, property, base, revision }) =>
    path.includes("/responses/") && isLooser(property, base?.value, revision?.value)
      ? { verdict: "risky", rule: "answer-constraint-loosened" }
      : undefined,
  // Every error is an ApiError, whatever its status; code that matches on the status may miss a new one.
  ({ typeName, kind, path }) => {
    if (typeName !== "Response" || /\/responses\/2\d\d$/.test(path)) return undefined;
    if (kind === "added") return { verdict: "risky", rule: "error-status-added" };
    return kind === "removed" ? { verdict: "safe", rule: "error-status-removed" } : undefined;
  },
  ({ property }) => (property === "default" ? { verdict: "risky", rule: "default-changed" } : undefined),
  ({ property, revision }) =>
    property === "deprecated" && revision?.value === true ? { verdict: "risky", rule: "deprecated" } : undefined,
  ({ typeName, property, base, revision }) =>
    typeName === "ServerVariable" && property === "enum"
      ? { verdict: without(base?.value, revision?.value).length > 0 ? "breaking" : "safe", rule: "regions-changed" }
      : undefined,
  // Whoever calls the operation needs a new policy.
  ({ path, property, base, revision }) => {
    if (!path.endsWith("/x-aps-authorization")) return undefined;
    if (property === "action") return { verdict: "breaking", rule: "permission-changed" };
    if (property !== "dependencies" && property !== "conditionKeys") return undefined;
    const isMore = property === "dependencies" && without(revision?.value, base?.value).length > 0;
    return { verdict: isMore ? "breaking" : "safe", rule: "permission-dependencies-changed" };
  },
  ({ path, base, revision }) =>
    path.endsWith("/x-aps-preconditions")
      ? { verdict: without(base?.value, revision?.value).length > 0 ? "breaking" : "safe", rule: "states-changed" }
      : undefined,
];

/** Whether a constraint lets more through than before. */
function isLooser(property: string | undefined, before: unknown, after: unknown): boolean {
  if (property === undefined || before === undefined || before === after) return false;
  if (/^(maxLength|maximum|maxItems|exclusiveMaximum)$/.test(property)) return !(Number(after) < Number(before));
  if (/^(minLength|minimum|minItems|exclusiveMinimum)$/.test(property)) return !(Number(after) > Number(before));
  return property === "pattern" || property === "format" || property === "multipleOf";
}

/** What the first list has and the second has not. */
function without(first: unknown, second: unknown): unknown[] {
  const rest = new Set(Array.isArray(second) ? second : []);
  return (Array.isArray(first) ? first : []).filter((value) => !rest.has(value));
}

function sentence({ verdicts, kind, typeName, property, base, revision }: Difference): string {
  if (verdicts.length > 0) return verdicts.map(({ message }) => message).join(" ");
  const what = property === undefined ? typeName : `${typeName} ${property}`;
  if (property === undefined || base?.value === undefined || revision?.value === undefined)
    return `${what} was ${kind}.`;
  return `${what} was ${shorten(base.value)}, is ${shorten(revision.value)}.`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function sourceOf({ base, revision }: Difference): Source | undefined {
  const place: Place | undefined = revision ?? base;
  return place === undefined ? undefined : { file: place.file, line: place.line };
}
