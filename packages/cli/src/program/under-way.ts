import type { Context } from "./context.ts";

/**
 * Awaits a request that Ctrl-C must not cut off: the service has no idempotency key, and the id of a job that was started
 * must not be lost with its answer. Says so when it is pressed; a second Ctrl-C ends the program at once.
 */
export async function withNote<Value>({ streams, interruption }: Context, send: () => Promise<Value>): Promise<Value> {
  const note = () =>
    streams.err.write("Waiting for the answer to the request that is under way. Ctrl-C again to give it up.\n");
  interruption.signal.addEventListener("abort", note, { once: true });
  try {
    return await send();
  } finally {
    interruption.signal.removeEventListener("abort", note);
  }
}
