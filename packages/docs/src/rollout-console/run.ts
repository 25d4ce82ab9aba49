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

/** Rolls the new image out. What happens is told as it does. */
export async function run(
  { client, emulator, elapsedMs }: Office,
  { atOnce, atTimeout, fails }: Choices,
  onEvent: (event: Event) => void,
): Promise<RolloutReport> {
  if (fails) {
    const fate = { fail: { code: "WKS.00211401", message: "The disk is full." } };
    emulator.faults.add({ operation: "BatchChangeServerImage", from: 3, effect: { type: "job", fate } });
  }
  const before = new Map<string, ServerReport["state"]>();
  const plan = await planRollout(client, { serverGroupId: groupId, imageId: newImage, maxUnavailable: atOnce });
  return rollOut(client, plan, {
    drain: { atTimeout },
    onFailure: "roll back",
    onProgress({ servers }) {
      for (const { id, name, state } of servers) {
        if ((before.get(id) ?? "untouched") !== state) onEvent({ atMs: elapsedMs(), name, state });
        before.set(id, state);
      }
    },
  });
}
