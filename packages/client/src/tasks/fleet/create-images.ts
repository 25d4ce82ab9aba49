import type { Client } from "../../client.ts";
import { checkImages } from "./check-images.ts";
import type { CreateImagesOptions } from "./fleet-options.ts";
import { type FleetRun, tell } from "./fleet-run.ts";
import { createGate } from "./gate.ts";
import { type FleetClaim, type FleetJournal, jobIdsIn, memoryJournal, replay } from "./journal.ts";
import { makeOne } from "./make-one.ts";
import type { FleetImage, FleetOutcome, FleetResult } from "./outcome.ts";

const usualConcurrency = 10;

/**
 * Makes an image of each of many servers, once. Every request is noted in the journal before it is sent and after it is
 * answered, so that a run that was cut off at any moment goes on from its journal: what was made is not made again, and
 * what is in doubt is looked for first. What was refused is sent again, because nothing was made.
 *
 * @returns what became of every image. A single image that fails does not end the run; refused credentials, a journal
 *   that cannot be written and the signal do, and are named as `stoppedBy`.
 * @throws ValidationError before anything is sent, with the position of the image in every pointer: `/3/body/name`.
 * @throws TypeError when a server or a name occurs twice, or the journal is of other images, holds a record that this
 *   version does not know, or is in use by another run of this process.
 * @throws what the journal's `claim` throws.
 */
export async function createImages(
  client: Client,
  images: readonly FleetImage[],
  options: CreateImagesOptions = {},
): Promise<FleetResult> {
  const { signal, journal = memoryJournal(), concurrency = usualConcurrency } = options;
  const states = replay(journal.records);
  checkImages(images, states);
  if (inUse.has(journal)) throw new TypeError("createImages: another run writes to this journal. Nothing was sent.");
  inUse.add(journal);
  const stop = new AbortController();
  const follow = () => stop.abort(signal?.reason);
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow, { once: true });
  let claim: FleetClaim | undefined;
  try {
    claim = await journal.claim?.();
    const gate = createGate(client.settings);
    const run: FleetRun = { client, options, journal, claim, gate, jobIds: jobIdsIn(journal.records), stop };
    const outcomes = new Array<FleetOutcome>(images.length);
    const queue = images.entries();
    const worker = async () => {
      for (const [index, image] of queue) {
        const state = states.get(image.serverId) ?? { step: "nothing", name: image.name };
        const outcome = await makeOne(run, image, state);
        outcomes[index] = outcome;
        tell(run, { image, step: "ended", outcome });
      }
    };
    // NaN would be no worker at all.
    const length = Math.min(images.length, Math.max(1, concurrency || 1));
    await Promise.all(Array.from({ length }, worker));
    const allMade = outcomes.every(({ result }) => result === "made");
    return { outcomes, allMade, ...(stop.signal.aborted ? { stoppedBy: stop.signal.reason } : {}) };
  } finally {
    signal?.removeEventListener("abort", follow);
    inUse.delete(journal);
    await claim?.release();
  }
}

/** The journals that runs of this process write to. */
const inUse = new WeakSet<FleetJournal>();
