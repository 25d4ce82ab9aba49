import { isPassing } from "../../transport/retry.ts";
import { mayHaveWorked } from "../server/run-batch.ts";
import { heldMs } from "../service-time.ts";
import type { RolloutRun } from "./rollout-run.ts";

/** Until a request whose answer is lost is certainly over. */
const pauseMs = heldMs + 5_000;
const attempts = 5;

/**
 * Sends what may be sent again, until it is answered. A request whose answer was lost is over before the next is sent, so
 * that it cannot undo a later one.
 *
 * @throws what the request throws when it is refused, or was not answered five times.
 */
export async function insist<Answer>({ client, settings }: RolloutRun, send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(mayHaveWorked(error) || isPassing(error))) throw error;
      // Also before it is given up: what follows may ask for the contrary.
      await client.settings.sleep(pauseMs);
      settings.signal?.throwIfAborted();
      if (attempt >= attempts) throw error;
    }
  }
}
