import type { Rules } from "../world/rules.ts";
import type { JobRecord, ProjectState, State, SubJobRecord } from "../world/state.ts";

/** The end of a part of a job. */
export interface PartEnd {
  readonly state: State;
  readonly rules: Rules;
  readonly project: ProjectState;
  readonly job: JobRecord;
  readonly subJob: SubJobRecord;
  readonly atMs: number;
}
