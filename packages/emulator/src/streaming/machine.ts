import { changeAppServer } from "./change.ts";
import type { AppServerRecord, MachineChange, SessionEnd } from "./records.ts";
import type { StreamingState } from "./state.ts";
import { agentStates, machineStates } from "./states.ts";

/** What `task_status` says of a machine that has no task. */
export const noTask = "null";

/** The course of what happens to a machine: what changes, and after which share of the time. */
export type Course = readonly (readonly [share: number, change: MachineChange])[];

/** Notes when a machine is going to change, from a time on and over a duration. */
export function schedule(
  { agenda }: StreamingState,
  serverId: string,
  what: {
    readonly course: Course;
    readonly fromMs: number;
    readonly durationMs: number;
    /** Why its users lose their sessions when it begins; undefined: they keep them. */
    readonly endedBy?: SessionEnd;
  },
): void {
  const { course, fromMs, durationMs, endedBy } = what;
  for (const [index, [share, change]] of course.entries()) {
    const dueMs = fromMs + Math.floor(share * durationMs);
    const ends = index === 0 && endedBy !== undefined ? { endedBy } : {};
    agenda.push({ type: "machine", dueMs, serverId, change, ...ends });
  }
}

/** Forgets what was going to happen to a machine. */
export function unschedule({ agenda }: StreamingState, serverId: string): void {
  for (let index = agenda.length - 1; index >= 0; index--) {
    const entry = agenda[index];
    if (entry?.type === "machine" && entry.serverId === serverId) agenda.splice(index, 1);
  }
}

/** A machine runs again; its agent registers at once, so much later, or never. */
export function startMachine(
  streaming: StreamingState,
  server: AppServerRecord,
  atMs: number,
  registerAfterMs: number,
): void {
  unschedule(streaming, server.id);
  const status = registerAfterMs === 0 ? agentStates.registered : agentStates.unregistered;
  changeAppServer(streaming, server, atMs, { status, vm_status: machineStates.running, task_status: noTask });
  if (registerAfterMs === 0 || registerAfterMs === Number.POSITIVE_INFINITY) return;
  const change = { status: agentStates.registered };
  streaming.agenda.push({ type: "machine", dueMs: atMs + registerAfterMs, serverId: server.id, change });
}
