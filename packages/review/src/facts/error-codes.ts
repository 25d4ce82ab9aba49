import type { Change, Verdict } from "../change.ts";
import { asList, asNode, type Node, pointerTo } from "../document.ts";

/** Compares the catalogues of error codes. A row is found by its code and status together. */
export function compareErrorCodes(before: Node, after: Node): Change[] {
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const codes = new Set([...now.values()].map(({ row }) => row.code));
  const known = new Set([...old.values()].map(({ row }) => row.code));
  const changes: Change[] = [];
  for (const [key, { row, index }] of old) {
    const next = now.get(key);
    if (next !== undefined) changes.push(...compareRow(key, row, next.row, next.index));
    // The client names known codes in its types, so that code which matches on one stops compiling.
    else if (!codes.has(row.code)) changes.push(change("breaking", "error-code-removed", `${key} was removed.`, index));
    else changes.push(change("risky", "error-code-status-changed", `${key} no longer comes with that status.`, index));
  }
  for (const [key, { row, index }] of now) {
    if (old.has(key)) continue;
    const says = known.has(row.code) ? `${key} comes with this status now.` : `${key} is new.`;
    changes.push(change("safe", "error-code-added", says, index));
  }
  return changes;
}

function compareRow(key: string, row: Node, next: Node, index: number): Change[] {
  if (next.retryable !== row.retryable) {
    const says = `${key} is ${next.retryable ? "now" : "no longer"} one that a repeated request may cure.`;
    return [change("risky", "error-code-handled-otherwise", says, index)];
  }
  if (next.renewsToken !== row.renewsToken) {
    const says = `${key} ${next.renewsToken ? "now makes" : "no longer makes"} the client renew its token.`;
    return [change("risky", "error-code-handled-otherwise", says, index)];
  }
  if (JSON.stringify(next) === JSON.stringify(row)) return [];
  return [change("safe", "error-code-reworded", `${key} has other words.`, index)];
}

function change(verdict: Verdict, rule: string, says: string, index: number): Change {
  return { verdict, rule, says: `Error code ${says}`, pointer: pointerTo("x-aps-error-codes", String(index)) };
}

function rowsOf(document: Node): Map<string, { row: Node; index: number }> {
  const rows = asList(document["x-aps-error-codes"]).map(asNode);
  return new Map(rows.map((row, index) => [`\`${row.code}\` (${row.status})`, { row, index }]));
}
