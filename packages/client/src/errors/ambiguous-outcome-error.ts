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
  /** Why the last look at server and jobs failed; undefined when it did not. */
  readonly lookError: unknown;
}

/**
 * The answer to a call that starts work was lost, and it cannot be told whether the work was started. Nothing was
 * repeated. Look at the candidate jobs and at the server before you try again.
 */
export class AmbiguousOutcomeError extends ApsError {
  override name = "AmbiguousOutcomeError";
  readonly outcome: AmbiguousOutcome;

  constructor(outcome: AmbiguousOutcome, cause: unknown) {
    const { candidateJobIds, lookError, serverStatus = "unknown" } = outcome;
    const jobs = candidateJobIds.length === 0 ? "none" : candidateJobIds.join(", ");
    const seen =
      lookError === undefined
        ? `State of the server: ${serverStatus}. Jobs that may be it: ${jobs}.`
        : `What came of it could not be looked at: ${lookError instanceof Error ? lookError.message : String(lookError)}`;
    super(
      `It is unknown whether image "${outcome.name}" of server ${outcome.serverId} was started, because the answer was ` +
        `lost. ${seen} Nothing was repeated.`,
      { cause },
    );
    this.outcome = outcome;
  }
}
