import { advanceProject } from "./advance-project.ts";
import type { Context } from "./context.ts";
import { keep } from "./keep.ts";

/** Lets arrive what was kept on its way until now, in the order in which it is due. */
export function letLateRequestsArrive({ late, clock }: Context): void {
  const nowMs = clock.now();
  for (;;) {
    const due = late.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs)[0];
    if (due === undefined) return;
    late.splice(late.indexOf(due), 1);
    due.arrive(due.dueMs);
  }
}

/** Brings the whole state up to date with the clock, as if somebody had asked for everything. */
export function bringUpToDate(context: Context): void {
  const { state, rules, clock, options } = context;
  letLateRequestsArrive(context);
  const { changes } = state;
  for (const project of state.projects.values())
    advanceProject({ state, rules, pace: options.jobs ?? "clock", nowMs: clock.now() }, project);
  if (state.changes !== changes) keep(context);
}
