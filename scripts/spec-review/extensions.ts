import type { Change, Verdict } from "./change.ts";

/** The contract's facts at its root, which `redocly diff` does not look into. */
export interface Facts {
  readonly "x-aps-job"?: Readonly<Record<string, unknown>>;
  readonly "x-aps-error-codes"?: readonly Readonly<Record<string, unknown>>[];
}

/** Compares what the contract says about jobs and about error codes. */
export function compareFacts(before: Facts, after: Facts): Change[] {
  return [...compareJob(before["x-aps-job"], after["x-aps-job"]), ...compareCodes(before, after)];
}

/** Words about jobs are safe. The pace only delays; all else decides what a waiting program does. */
function compareJob(before: unknown, after: unknown): Change[] {
  return leaves(before, after, "#/x-aps-job").map(({ pointer, was, is }) => {
    const isProse = /\/(description|x-aps-source|source|confidence)(\/|$)/.test(pointer);
    const isPace = /\/(pace\/\w+|typicalSeconds|limitSeconds)$/.test(pointer);
    const verdict: Verdict = isProse ? "safe" : isPace ? "risky" : "breaking";
    return { verdict, rule: "job-changed", says: `${says(was)} became ${says(is)}.`, pointer };
  });
}

function compareCodes(before: Facts, after: Facts): Change[] {
  const old = byCode(before);
  const now = byCode(after);
  const change = (key: string, verdict: Verdict, rule: string, text: string): Change => ({
    verdict,
    rule,
    says: `Error code ${key} ${text}`,
    pointer: `#/x-aps-error-codes/${key}`,
  });
  const changes: Change[] = [];
  for (const [key, row] of old) {
    const next = now.get(key);
    // The client names known codes in its types, so that code which matches on one stops compiling.
    if (next === undefined) changes.push(change(key, "breaking", "error-code-removed", "was removed."));
    else if (next.retryable !== row.retryable || next.renewsToken !== row.renewsToken) {
      changes.push(change(key, "risky", "error-code-handled-otherwise", "is handled otherwise."));
    } else if (JSON.stringify(next) !== JSON.stringify(row)) {
      changes.push(change(key, "safe", "error-code-reworded", "has other words."));
    }
  }
  for (const key of now.keys()) if (!old.has(key)) changes.push(change(key, "safe", "error-code-added", "is new."));
  return changes;
}

/** A row is found by its code and status together. */
function byCode(facts: Facts): Map<string, Readonly<Record<string, unknown>>> {
  return new Map((facts["x-aps-error-codes"] ?? []).map((row) => [`${row.code} (${row.status})`, row]));
}

interface Leaf {
  readonly pointer: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** The places in which two values differ. Lists are compared as sets of states, whole. */
function leaves(was: unknown, is: unknown, pointer: string): Leaf[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (!isObject(was) || !isObject(is)) return [{ pointer, was, is }];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].flatMap((name) => leaves(was[name], is[name], `${pointer}/${name}`));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function says(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
