import { expect } from "vitest";
import type { Fleet } from "../src/index.ts";

/** How often a worker of a test looks; nothing that it looks at is far away. */
export const quickPace = { sweepIntervalMs: 100, lookIntervalMs: 100, pollIntervalMs: 500, restMs: 1_000 };

/** Lets one worker make a run to its end. */
export async function makeAll(fleet: Fleet, run: string): Promise<void> {
  const ends = new AbortController();
  const worker = fleet.work({ ...quickPace, signal: ends.signal });
  await expect.poll(async () => (await fleet.status(run)).hasEnded, { interval: 50 }).toBe(true);
  ends.abort();
  await worker;
}
