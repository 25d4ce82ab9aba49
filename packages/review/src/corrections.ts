import type { Verdict } from "./change.ts";
import type { Difference } from "./compare.ts";
import { asNode, type Documents, valueAt } from "./document.ts";
import { sidesAt } from "./operations.ts";
import { tightness } from "./tightness.ts";

type Correction = (
  difference: Difference,
  documents: Documents,
) => { readonly verdict: Verdict; readonly rule: string } | undefined;

/** Where callers of the client see it otherwise than the rules of `redocly diff`, which judge by the document alone. */
export const corrections: readonly Correction[] = [
  // The client's types leave the enums of answers open, so that a new value compiles; code may still not expect it.
  ({ verdicts }) =>
    verdicts.length > 0 && verdicts.every(({ ruleId }) => ruleId === "enum-values-added")
      ? { verdict: "risky", rule: "answer-enum-widened" }
      : undefined,
  // A looser constraint lets every request through that went through before.
  (difference, documents) => {
    const change = difference.impact === "major" ? tightness(difference, documents) : undefined;
    if (change === undefined) return undefined;
    const { after } = documents;
    const sides = sidesAt(after, difference.path);
    if (sides.has("request") && change !== "looser") return undefined;
    return sides.has("response") && change !== "tighter"
      ? { verdict: "risky", rule: "answer-constraint-loosened" }
      : { verdict: "safe", rule: `constraint-made-${change}` };
  },
  // What the service alone may send, a caller may no longer; and the other way round.
  ({ property, path, revision }, { after }) => {
    if (property !== "readOnly" && property !== "writeOnly") return undefined;
    const side = property === "readOnly" ? "request" : "response";
    return revision?.value === true && sidesAt(after, path).has(side)
      ? { verdict: "breaking", rule: `${side}-field-withdrawn` }
      : undefined;
  },
  ({ property, path, revision }, { after }) =>
    property === "x-aps-unique-by" && revision?.value !== undefined && sidesAt(after, path).has("request")
      ? { verdict: "breaking", rule: "unique-by-changed" }
      : undefined,
  ({ typeName, kind, path }, { after }) =>
    typeName === "RequestBody" && kind === "added" && asNode(valueAt(after, path)).required === true
      ? { verdict: "breaking", rule: "request-body-added" }
      : undefined,
  // The wire does not show the name of a path parameter, but the client's arguments do.
  ({ typeName, property, path }, { after }) => {
    if (typeName !== "Parameter" || property !== "name") return undefined;
    const parameter = valueAt(after, path);
    return asNode(parameter).in === "path" ? { verdict: "breaking", rule: "path-parameter-renamed" } : undefined;
  },
  // Every error is an ApiError, whatever its status; code that matches on the status may miss a new one.
  ({ typeName, kind, path, property, base, revision }) => {
    if (typeName !== "Response") return undefined;
    if (kind === "added") {
      return { verdict: "risky", rule: isSuccess(path) ? "success-status-added" : "error-status-added" };
    }
    if (kind === "removed") return isSuccess(path) ? undefined : { verdict: "safe", rule: "error-status-removed" };
    const isOfErrors = ![base?.value, revision?.value].some((status) => /^2/.test(String(status)));
    return property === "key" && isOfErrors ? { verdict: "risky", rule: "error-status-changed" } : undefined;
  },
  // The client reads JSON. An answer of another type is one that it cannot read.
  ({ typeName, kind, path }) =>
    typeName === "MediaType" && kind === "added" && isSuccess(path)
      ? { verdict: "risky", rule: "answer-media-type-added" }
      : undefined,
  ({ typeName, property }) =>
    property === "default" && typeName === "Schema" ? { verdict: "risky", rule: "default-changed" } : undefined,
  ({ property, revision }) =>
    property === "deprecated" && revision?.value === true ? { verdict: "risky", rule: "deprecated" } : undefined,
  // The first tag is the noun of the command, and where the page stands.
  ({ typeName, property, base, revision }) =>
    typeName === "Operation" && property === "tags" && firstOf(base?.value) !== firstOf(revision?.value)
      ? { verdict: "risky", rule: "group-changed" }
      : undefined,
  ({ property }) => (property === "x-aps-rate-limit" ? { verdict: "risky", rule: "rate-limit-changed" } : undefined),
];

function isSuccess(path: string): boolean {
  return /\/responses\/2[\dX]{2}(\/|$)/.test(path);
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
