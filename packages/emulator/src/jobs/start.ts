import { job as facts } from "../generated/contract.ts";
import type { JobRecord, ProjectState, State, SubJobRecord } from "../world/state.ts";
import type { JobFate } from "./fate.ts";
import type { ImageJobType, JobFamily, ServerJobType } from "./kinds.ts";

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
    family: JobFamily;
    type: ImageJobType | ServerJobType;
    nowMs: number;
    fate: JobFate | undefined;
    parts: readonly NewSubJob[];
    recursive?: boolean;
    imageId?: string;
  },
): JobRecord {
  const [waiting] = facts.states.waiting;
  const record: JobRecord = {
    id: state.ids.next(job.nowMs),
    family: job.family,
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
    ...(job.imageId === undefined ? {} : { imageId: job.imageId }),
  };
  project.jobs.set(record.id, record);
  project.activeJobs.add(record);
  return record;
}
