import type { Client } from "../../client.ts";
import type { WaitOptions } from "../image/wait-for-image-job.ts";
import { checkImages } from "./check-images.ts";
import { type FleetJournal, memoryJournal, replay } from "./journal.ts";
import { type FleetRun, makeOne, tell } from "./make-one.ts";
import type { FleetImage, FleetOutcome, FleetProgress, FleetResult } from "./outcome.ts";

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

const usualConcurrency = 10;

/**
 * Makes an image of each of many servers, once. Every request is noted in the journal before it is sent and after it is
 * answered, so that a run that was cut off at any moment goes on from its journal: what was made is not made again, and
 * what is in doubt is looked for first. What was refused is sent again, because nothing was made.
 *
 * @returns what became of every image. A single image that fails does not end the run; refused credentials, a journal
 *   that cannot be written and the signal do, and are named as `stoppedBy`.
 * @throws ValidationError before anything is sent, with the position of the image in every pointer: `/3/body/name`.
 * @throws TypeError when a server or a name occurs twice, or the journal is of other images, leaves one in doubt that had
 *   another name, or holds a record that this version does not know.
 */
export async function createImages(
  client: Client,
  images: readonly FleetImage[],
  options: CreateImagesOptions = {},
): Promise<FleetResult> {
  const { signal, journal = memoryJournal(), concurrency = usualConcurrency } = options;
  const states = replay(journal.records);
  checkImages(images, states);
  const stop = new AbortController();
  const follow = () => stop.abort(signal?.reason);
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow, { once: true });

  const run: FleetRun = { client, options, journal, stop };
  const outcomes = new Array<FleetOutcome>(images.length);
  const queue = images.entries();
  const worker = async () => {
    for (const [index, image] of queue) {
      const outcome = await makeOne(run, image, states.get(image.serverId) ?? { step: "nothing" });
      outcomes[index] = outcome;
      tell(run, { image, step: "ended", outcome });
    }
  };
  try {
    // NaN would be no worker at all.
    const length = Math.min(images.length, Math.max(1, concurrency || 1));
    await Promise.all(Array.from({ length }, worker));
  } finally {
    signal?.removeEventListener("abort", follow);
  }
  const allMade = outcomes.every(({ result }) => result === "made");
  return { outcomes, allMade, ...(stop.signal.aborted ? { stoppedBy: stop.signal.reason } : {}) };
}
