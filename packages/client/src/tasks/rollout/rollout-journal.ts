import type { Journal } from "../journal.ts";
import type { RolloutPlan } from "./rollout-plan.ts";

/** How a rollout ended. */
export type RolloutResult = "done" | "incomplete" | "stopped" | "rolled back";

/** One step of a rollout, as a journal keeps it: `asked` before the request, `done` after its answer. JSON without secrets. */
export type RolloutRecord = { readonly at: string } /** `floor` is the number of servers that stay in service. */ & (
  | { readonly type: "plan"; readonly plan: RolloutPlan; readonly floor: number }
  /** From here on it goes back to the image from before. */
  | { readonly type: "turn"; readonly reason: string; readonly floor: number }
  | { readonly type: "scaling" | "group"; readonly step: "asked" | "done"; readonly to: "rollout" | "after" }
  | { readonly type: "drain" | "undrain"; readonly step: "asked" | "done"; readonly serverId: string }
  | { readonly type: "logoff"; readonly serverId: string; readonly sessionIds: readonly string[] }
  | {
      readonly type: "reimage";
      readonly serverId: string;
      readonly action: "change" | "reinstall";
      readonly imageId: string;
      /** The last job of the server before the request. */
      readonly earlierJobId: string;
    }
  | { readonly type: "job"; readonly serverId: string; readonly jobId: string }
  /** The service has refused the request, which may be due to the request itself. */
  | { readonly type: "refused"; readonly serverId: string; readonly reason: string }
  /** The request has certainly started nothing. */
  | { readonly type: "nothing"; readonly serverId: string }
  | { readonly type: "moved"; readonly serverId: string; readonly imageId: string }
  | { readonly type: "failed" | "left"; readonly serverId: string; readonly reason: string }
  | { readonly type: "end"; readonly result: RolloutResult }
);

/** Where a rollout notes its steps. See {@link Journal}. */
export type RolloutJournal = Journal<RolloutRecord>;

/** A journal in memory, for a rollout that need not outlive its process. */
export function memoryRolloutJournal(records: readonly RolloutRecord[] = []): RolloutJournal {
  const kept = [...records];
  return { records: kept, append: async (record) => void kept.push(record) };
}
