import { serverJob as facts } from "../generated/contract.ts";
import { changeAppServer } from "../streaming/change.ts";
import { type Course, schedule } from "../streaming/machine.ts";
import type { AppServerRecord, SessionEnd } from "../streaming/records.ts";
import type { JobRecord, ProjectState } from "../world/state.ts";
import type { Progress } from "./advance.ts";
import type { JobFate } from "./fate.ts";
import { durationOf, type ServerJobType, waitingMs } from "./kinds.ts";
import { startJob } from "./start.ts";

/** Who loses a session to which job. */
const endsSessions: Partial<Record<ServerJobType, SessionEnd>> = {
  CHANGE_SERVER_IMAGE: "reimage",
  REINSTALL_OS: "reimage",
  DELETE_SERVER: "deletion",
};

/** Starts a job on application servers, whose machines then go through the states that the contract has for it. */
export function startServerJob(
  { state, pace, nowMs }: Progress,
  project: ProjectState,
  job: {
    readonly type: ServerJobType;
    readonly servers: readonly AppServerRecord[];
    readonly fate: JobFate | undefined;
    /** The image that the servers get. */
    readonly imageId?: string;
    /** Whether their agents are brought up to date. */
    readonly updatesAgent?: boolean;
  },
): JobRecord {
  const { type, servers, fate, imageId, updatesAgent = false } = job;
  const { streaming } = project;
  const parts = servers.map(({ id, name }) => ({ serverId: id, resourceName: name }));
  const image = imageId === undefined ? {} : { imageId };
  const record = startJob(state, project, { family: "server", type, nowMs, fate, parts, ...image });
  for (const server of servers) {
    changeAppServer(streaming, server, nowMs, { job_id: record.id });
    // Where jobs do not go by the clock, nobody would see what lies between.
    if (pace !== "clock") continue;
    const endedBy = endsSessions[type];
    schedule(streaming, server.id, {
      course: courseOf(type, updatesAgent),
      fromMs: nowMs + waitingMs,
      durationMs: durationOf(record) - waitingMs,
      ...(endedBy === undefined ? {} : { endedBy }),
    });
  }
  return record;
}

/** What happens to a machine while a job works on it: its tasks follow each other in equal times. */
function courseOf(type: ServerJobType, updatesAgent: boolean): Course {
  const { server, machine } = facts.kinds[type];
  const tasks: readonly string[] = updatesAgent ? [...machine.tasks, "upgrading_access_agent"] : machine.tasks;
  const status = "during" in server ? { status: server.during } : {};
  return tasks.map((task_status, index) => [
    index / tasks.length,
    index === 0 ? { ...status, vm_status: machine.during, task_status } : { task_status },
  ]);
}
