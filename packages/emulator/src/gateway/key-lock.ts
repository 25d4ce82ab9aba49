import type { State } from "../world/state.ts";

/** More wrong signatures in a row than this lock a key. */
const mostWrong = 5;
const lockMs = 5 * 60_000;

/** Whether a key is locked for its wrong signatures. */
export function isLocked({ wrongSignatures }: State, keyId: string, nowMs: number): boolean {
  return nowMs < (wrongSignatures.get(keyId)?.lockedUntilMs ?? 0);
}

/** Counts a wrong signature of a key; a right one makes good for those before it. */
export function noteSignature(
  { wrongSignatures }: State,
  { keyId, isRight, nowMs }: { readonly keyId: string; readonly isRight: boolean; readonly nowMs: number },
): void {
  if (isRight) {
    wrongSignatures.delete(keyId);
    return;
  }
  const count = (wrongSignatures.get(keyId)?.count ?? 0) + 1;
  const isTooMany = count > mostWrong;
  // The lock begins the count anew: after it, a key has as many tries as at first.
  wrongSignatures.set(keyId, { count: isTooMany ? 0 : count, lockedUntilMs: isTooMany ? nowMs + lockMs : 0 });
}
