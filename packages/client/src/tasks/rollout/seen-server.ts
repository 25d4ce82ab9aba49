import type { components } from "../../generated/aps.ts";
import { serverJob as facts } from "../../generated/contract.ts";

/** What a look at an application server showed, as far as a rollout needs it. */
export interface SeenServer {
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly imageId: string;
  /** What its agent reports: REGISTERED when it takes users. */
  readonly status: string;
  /** State of the machine underneath, such as ACTIVE, and its task, `null` when it has none. */
  readonly machine: string;
  readonly task: string;
  /** Whether it is in maintenance mode, in which it gets no new users. */
  readonly isDrained: boolean;
  readonly sessions: number;
  /** Its last job; empty where the service does not name one. */
  readonly jobId: string;
  readonly jobType: string;
  readonly jobStatus: string;
  readonly jobTime: string;
  readonly isFrozen: boolean;
}

/** The open sessions on a server. */
export interface SessionsOn {
  readonly count: number;
  /** Not all of them where there are more than one page holds. */
  readonly ids: readonly string[];
}

/** Reads a server of a list, or of ShowServer. What is left out is empty; sessions that are left out are not none. */
export function seenServer(shown: components["schemas"]["AppServer"]): SeenServer {
  return {
    id: shown.id,
    name: shown.name ?? "",
    machineName: shown.machine_name ?? "",
    imageId: shown.image_id ?? "",
    status: shown.status ?? "",
    machine: String(shown.vm_status ?? ""),
    task: String(shown.task_status ?? ""),
    isDrained: shown.maintain_status === true,
    sessions: shown.session_count ?? Number.NaN,
    jobId: shown.job_id ?? "",
    jobType: shown.job_type ?? "",
    jobStatus: shown.job_status ?? "",
    jobTime: shown.job_time ?? "",
    isFrozen: (shown.freeze ?? []).length > 0 || shown.metadata?.EcmResStatus === "freeze",
  };
}

/** Whether it can take users: its agent has registered, its machine runs, and nothing is going on with it. */
export function isReady(seen: SeenServer): boolean {
  const { server, machine } = facts.kinds.CHANGE_SERVER_IMAGE;
  return seen.status === server.after && seen.machine === machine.after && isIdle(seen) && !seen.isFrozen;
}

/** Whether it takes users now. */
export function isInService(seen: SeenServer): boolean {
  return isReady(seen) && !seen.isDrained;
}

/** Whether nothing is going on with it, as far as is shown. */
export function isIdle({ task, jobStatus }: SeenServer): boolean {
  const isWaiting = (facts.states.waiting as readonly string[]).includes(jobStatus);
  return !isWaiting && (task === "" || (facts.idleTasks as readonly string[]).includes(task));
}

/** Whether it needs to be repaired before it can take users. */
export function isBroken(seen: SeenServer): boolean {
  const { server, machine } = facts.kinds.CHANGE_SERVER_IMAGE;
  return isIdle(seen) && (seen.status === server.failed || seen.machine === machine.failed || seen.machine === "ERROR");
}
