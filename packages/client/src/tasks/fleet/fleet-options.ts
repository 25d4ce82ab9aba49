import type { WaitOptions } from "../image/wait-for-image-job.ts";
import type { FleetJournal } from "./journal.ts";
import type { FleetProgress } from "./outcome.ts";

/** How to make many images, and whom to tell. */
export interface CreateImagesOptions extends Pick<WaitOptions, "timeoutMs" | "firstLookMs" | "intervalMs"> {
  /** Images in work at the same time, from sending the request until its job has ended. Default: 10. */
  readonly concurrency?: number | undefined;
  /** Where every step is noted. Give one with the records of an earlier run to go on with it. Default: in memory. */
  readonly journal?: FleetJournal | undefined;
  /** Whether images whose job has failed in an earlier run are tried again. Default: false. */
  readonly retryFailed?: boolean | undefined;
  /**
   * Ends the run: no further image is begun, and jobs go on unwatched. A request that was sent is brought to its answer, for
   * up to 10 minutes: it is sent again when it was throttled, looked for when its answer was lost, and sent again when it
   * has certainly started nothing.
   */
  readonly signal?: AbortSignal | undefined;
  /** Called at every step. An exception that it throws ends the run as the signal does, and is named as `stoppedBy`. */
  readonly onProgress?: ((progress: FleetProgress) => void) | undefined;
}
