import { addAppServer } from "../streaming/change.ts";
import { newAppServer } from "../streaming/new-app-server.ts";
import type { ServerGroupRecord } from "../streaming/records.ts";
import type { JobRecord, ProjectState } from "../world/state.ts";
import type { Progress } from "./advance.ts";
import type { JobFate } from "./fate.ts";
import { startServerJob } from "./start-server-job.ts";

/** Starts to create application servers of a group, with the group's image. They are there from the first moment. */
export function createServers(
  progress: Progress,
  project: ProjectState,
  wanted: {
    readonly group: ServerGroupRecord;
    readonly count: number;
    readonly isScaled: boolean;
    readonly fate: JobFate | undefined;
    readonly updatesAgent?: boolean;
  },
): JobRecord {
  const { group, count, isScaled, ...how } = wanted;
  const { state, nowMs } = progress;
  const servers = Array.from({ length: count }, () => {
    const [id, instanceId] = [state.ids.uuid(), state.ids.uuid()];
    const server = newAppServer(project.streaming, group, { id, instanceId, isScaled, nowMs });
    addAppServer(project.streaming, server, nowMs);
    return server;
  });
  return startServerJob(progress, project, { type: "CREATE_SERVER", servers, ...how });
}
