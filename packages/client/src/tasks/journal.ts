/**
 * Where a task notes its steps, so that a run that was cut off can go on. Only one run may write to it at a time: two would
 * each send what the other has in hand. A task refuses a journal that another run of the process has; one that other
 * processes can reach gives a `claim`.
 */
export interface Journal<Entry> {
  /** The steps of earlier runs, oldest first. */
  readonly records: readonly Entry[];
  /** Notes a step. Must not resolve before the note would survive the end of the process. */
  append(record: Entry): Promise<void>;
  /** Takes the journal for one run. Rejects when another run has it. */
  readonly claim?: (() => Promise<JournalClaim>) | undefined;
}

/** The right to write to a journal. */
export interface JournalClaim {
  /** Rejects when the right is lost, such as to a run that took this one for dead. Awaited before every request and every note. */
  check(): Promise<void>;
  release(): Promise<void>;
}
