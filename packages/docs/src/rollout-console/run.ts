import { planRollout, type RolloutReport, rollOut, type ServerReport } from "@workspace-aps/client";
import { groupId, newImage, type Office } from "./office.ts";

/** What can be chosen. */
export interface Choices {
  readonly atOnce: number;
  readonly atTimeout: "wait" | "skip" | "logoff";
  /** Whether the third server fails, so that it goes back. */
  readonly fails: boolean;
}

/** A server that has come to another state, by what the rollout says. */
export interface Event {
  readonly atMs: number;
  readonly name: string;
  readonly state: ServerReport["state"];
}

/** What a run is to heed, and to tell. */
interface RunOptions {
  /** Ends the run when it is aborted. */
  readonly signal: AbortSignal;
  /** Told what happens as it does. */
  readonly onEvent: (event: Event) => void;
}

/**
 * Rolls the new image out.
 *
 * @returns what has become of it, also when the signal has ended it.
 * @throws the signal's reason when it is aborted before anything is begun.
 */
export function run(
  { client, emulator, clock, elapsedMs }: Office,
  { atOnce, atTimeout, fails }: Choices,
  { signal, onEvent }: RunOptions,
): Promise<RolloutReport> {
  if (fails) {
    const fate = { fail: { code: "WKS.00211401", message: "The disk is full." } };
    emulator.faults.add({ operation: "BatchChangeServerImage", from: 3, effect: { type: "job", fate } });
  }
  const before = new Map<string, ServerReport["state"]>();
  return clock.during(async () => {
    const what = { serverGroupId: groupId, imageId: newImage, maxUnavailable: atOnce };
    const plan = await planRollout(client, { ...what, signal });
    return rollOut(client, plan, {
      drain: { atTimeout },
      onFailure: "roll back",
      signal,
      onProgress({ servers }) {
        for (const { id, name, state } of servers) {
          if ((before.get(id) ?? "untouched") !== state) onEvent({ atMs: elapsedMs(), name, state });
          before.set(id, state);
        }
      },
    });
  });
}
