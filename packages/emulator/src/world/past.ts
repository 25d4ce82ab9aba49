/** What a record was before it changed. */
export interface PastRecord<T> {
  /** Until when it was so, on the emulator's clock. */
  readonly untilMs: number;
  /** Undefined: there was none. */
  readonly was: T | undefined;
}

/** What records were before they changed, by id, oldest first. */
export type Past<T> = Map<string, PastRecord<T>[]>;

/** Older changes of a record than this number are forgotten, so that a long run does not grow. */
const mostChanges = 32;

/** Notes what a record is before it changes. What is kept is a copy. */
export function remember<T extends object>(past: Past<T>, id: string, was: T | undefined, untilMs: number): void {
  const changes = past.get(id) ?? [];
  changes.push({ untilMs, was: was === undefined ? undefined : { ...was } });
  if (changes.length > mostChanges) changes.shift();
  past.set(id, changes);
}

/** What a record was at a time; undefined when there was none. */
export function recordAt<T>(past: Past<T>, id: string, live: T | undefined, atMs: number): T | undefined {
  const change = past.get(id)?.find(({ untilMs }) => atMs < untilMs);
  return change === undefined ? live : change.was;
}
