import { ApsError } from "./aps-error.ts";

/** What is known about a call whose answer was lost. */
export interface AmbiguousOutcome {
  readonly serverId: string;
  readonly name: string;
  /** When the first attempt was sent, by the service's clock. */
  readonly startedAt: Date;
  /** State of the image server as last seen, if it could be read. */
  readonly serverStatus: string | undefined;
  /** Id of the image that was last made from the server, as last seen; another than before may be the one. */
  readonly serverImageId?: string | undefined;
  /** Every job that may be the one that was started, as far as it was seen. */
  readonly candidateJobIds: readonly string[];
  /** Why the last look at server and jobs failed; undefined when it did not. */
  readonly lookError: unknown;
}

/**
 * The answer to a call that starts work was lost or does not tell, and it cannot be told whether the work was started. Nothing was
 * repeated. Look at the candidate jobs and at the server before you try again.
 */
export class AmbiguousOutcomeError extends ApsError {
  override name = "AmbiguousOutcomeError";
  readonly outcome: AmbiguousOutcome;

  constructor(outcome: AmbiguousOutcome, cause: unknown) {
    const { candidateJobIds, lookError, serverImageId, serverStatus = "unknown" } = outcome;
    const made = serverImageId ? ` Its image: ${serverImageId}.` : "";
    const jobs = candidateJobIds.length === 0 ? "none" : candidateJobIds.join(", ");
    const trouble =
      lookError === undefined
        ? ""
        : ` What came of it could not be looked at: ${lookError instanceof Error ? lookError.message : String(lookError)}`;
    const seen = `State of the server: ${serverStatus}.${made} Jobs that may be it: ${jobs}.${trouble}`;
    super(
      `It is unknown whether image "${outcome.name}" of server ${outcome.serverId} was started: the answer was lost, or does ` +
        `not tell. ${seen} Nothing was repeated.`,
      { cause },
    );
    this.outcome = outcome;
  }
}
