import { ApsError } from "./aps-error.ts";

/** What is known about a call whose answer was lost. */
export interface AmbiguousOutcome {
  readonly serverId: string;
  readonly name: string;
  /** When the first attempt was sent, by this machine's clock. */
  readonly startedAt: Date;
  /** State of the image server as last seen, if it could be read. */
  readonly serverStatus: string | undefined;
  /** Jobs that may be the one that was started. */
  readonly candidateJobIds: readonly string[];
}

/**
 * The answer to a call that starts work was lost, and it cannot be told whether the work was started. Nothing was
 * repeated. Look at the candidate jobs and at the server before you try again.
 */
export class AmbiguousOutcomeError extends ApsError {
  override name = "AmbiguousOutcomeError";
  readonly outcome: AmbiguousOutcome;

  constructor(outcome: AmbiguousOutcome, cause: unknown) {
    const jobs = outcome.candidateJobIds.length === 0 ? "none" : outcome.candidateJobIds.join(", ");
    const status = outcome.serverStatus ?? "unknown";
    super(
      `It is unknown whether image "${outcome.name}" of server ${outcome.serverId} was started, because the answer was ` +
        `lost. State of the server: ${status}. Jobs that may be it: ${jobs}. Nothing was repeated.`,
      { cause },
    );
    this.outcome = outcome;
  }
}
