import { serverJob as facts } from "../generated/contract.ts";
import type { ProjectState } from "../world/state.ts";
import type { AppServerRecord } from "./records.ts";

const waiting: readonly string[] = facts.states.waiting;
const idleTasks: readonly string[] = facts.server.machine.idleTasks;

/** Whether something is going on with a server: a job that has not ended, or a task of its machine. */
export function isBusy({ jobs }: ProjectState, { job_id, task_status }: AppServerRecord): boolean {
  const job = jobs.get(job_id ?? "");
  return (job !== undefined && waiting.includes(job.status)) || !idleTasks.includes(task_status);
}
