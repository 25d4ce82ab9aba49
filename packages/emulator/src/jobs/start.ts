import { job as facts } from "../generated/contract.ts";
import type { JobRecord, ProjectState, State, SubJobRecord } from "../world/state.ts";
import type { JobFate } from "./fate.ts";

/** The kinds of job that the contract knows. */
export type JobType = keyof typeof facts.kinds;

/** What one part of a new job works on. */
export interface NewSubJob {
  readonly serverId: string;
  readonly resourceName: string;
}

/** Starts a job with one sub-job per resource. */
export function startJob(
  state: State,
  project: ProjectState,
  job: {
    type: JobType;
    nowMs: number;
    fate: JobFate | undefined;
    parts: readonly NewSubJob[];
    recursive?: boolean;
  },
): JobRecord {
  const [waiting] = facts.states.waiting;
  const record: JobRecord = {
    id: state.ids.next(job.nowMs),
    type: job.type,
    createdAtMs: job.nowMs,
    status: waiting,
    startedAtMs: undefined,
    endedAtMs: undefined,
    looks: 0,
    subJobs: job.parts.map(
      ({ serverId, resourceName }): SubJobRecord => ({
        id: state.ids.next(job.nowMs),
        status: waiting,
        endedAtMs: undefined,
        serverId,
        resourceId: "",
        resourceName,
        errorCode: "",
        errorMessage: "",
        deleted: false,
      }),
    ),
    fate: job.fate,
    ...(job.recursive === undefined ? {} : { recursive: job.recursive }),
  };
  project.jobs.set(record.id, record);
  project.activeJobs.add(record);
  return record;
}
