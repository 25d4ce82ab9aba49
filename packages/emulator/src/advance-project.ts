import { advanceJobs, type Progress } from "./jobs/advance.ts";
import { createServers } from "./jobs/create-servers.ts";
import { startServerJob } from "./jobs/start-server-job.ts";
import { happen, nextDue } from "./streaming/happen.ts";
import { isBusy } from "./streaming/is-busy.ts";
import type { ScalingTools } from "./streaming/scale.ts";
import type { ProjectState } from "./world/state.ts";

/** Brings a project up to date with the clock: jobs end and users come and go, each when it is due. */
export function advanceProject(progress: Progress, project: ProjectState): void {
  const { state, nowMs } = progress;
  const { streaming } = project;
  if (streaming.agenda.length === 0) {
    advanceJobs(progress, project);
    if (streaming.agenda.length === 0) return;
  }
  const tools = scalingTools(progress, project);
  for (;;) {
    const untilMs = nextDue(streaming, nowMs)?.dueMs ?? nowMs;
    advanceJobs({ ...progress, nowMs: untilMs }, project);
    // The end of a job may have put something on the agenda that is due before.
    const due = nextDue(streaming, untilMs);
    if (due === undefined) {
      if (untilMs >= nowMs) return;
      continue;
    }
    state.changes += 1;
    happen(streaming, due, nowMs, tools);
  }
}

/** Scaling makes and deletes servers by jobs, as everybody does. */
function scalingTools(progress: Progress, project: ProjectState): ScalingTools {
  const { groups, servers } = project.streaming;
  return {
    takesDrained: progress.rules.scalingTakesDrained,
    create(groupId, count, atMs) {
      const group = groups.get(groupId);
      if (group !== undefined)
        createServers({ ...progress, nowMs: atMs }, project, { group, count, isScaled: true, fate: undefined });
    },
    delete(ids, atMs) {
      const idle = ids.flatMap((id) => servers.get(id) ?? []);
      startServerJob({ ...progress, nowMs: atMs }, project, { type: "DELETE_SERVER", servers: idle, fate: undefined });
    },
    lastJobEndMs: ({ job_id, create_time }) => project.jobs.get(job_id ?? "")?.endedAtMs ?? Date.parse(create_time),
    isBusy: (server) => isBusy(project, server),
  };
}
