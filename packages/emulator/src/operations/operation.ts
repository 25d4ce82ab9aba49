import type { Caller } from "../gateway/caller.ts";
import type { Answer } from "../http/message.ts";
import type { Route } from "../http/route.ts";
import type { RequestContent } from "../http/validate.ts";
import type { JobFate } from "../jobs/fate.ts";
import type { JobPace } from "../jobs/pace.ts";
import type { View } from "../views/view.ts";
import type { Rules } from "../world/rules.ts";
import type { ProjectState, State } from "../world/state.ts";

/** What an operation is given. The request has been authenticated, permitted and validated. */
export interface Call extends RequestContent {
  readonly route: Route;
  readonly state: State;
  readonly project: ProjectState;
  readonly caller: Caller;
  readonly nowMs: number;
  readonly pace: JobPace;
  readonly rules: Rules;
  /** How this call sees what there is. */
  readonly view: View;
  /** What a fault wants to become of the job that this call starts. */
  readonly fate: JobFate | undefined;
}

/** Does the work of one operation. */
export type Handler = (call: Call) => Answer;
