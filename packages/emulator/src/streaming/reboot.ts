import type { Rules } from "../world/rules.ts";
import { changeAppServer } from "./change.ts";
import { noTask, startMachine } from "./machine.ts";
import type { AppServerRecord } from "./records.ts";
import { endSessionsOn } from "./sessions.ts";
import type { StreamingState } from "./state.ts";
import { agentStates, machineStates } from "./states.ts";

/** How long a machine takes to restart, and its agent to register after that, in milliseconds. */
const restartMs = 60_000;
const registerMs = 30_000;

/** Restarts a machine. Its users lose their sessions. */
export function reboot(
  streaming: StreamingState,
  server: AppServerRecord,
  how: { readonly isHard: boolean; readonly isAtOnce: boolean; readonly nowMs: number; readonly rules: Rules },
): void {
  const { isHard, isAtOnce, nowMs, rules } = how;
  endSessionsOn(streaming, server.id, nowMs, "reboot");
  if (isAtOnce) {
    startMachine(streaming, server, nowMs, 0);
    return;
  }
  const [vm_status, task_status] = isHard ? ["HARD_REBOOT", "rebooting_hard"] : ["REBOOT", "rebooting"];
  changeAppServer(streaming, server, nowMs, { status: agentStates.unregistered, vm_status, task_status });
  const upMs = nowMs + restartMs;
  const running = { vm_status: machineStates.running, task_status: noTask };
  const registered = { status: agentStates.registered };
  streaming.agenda.push(
    { type: "machine", dueMs: upMs, serverId: server.id, change: running },
    { type: "machine", dueMs: upMs + registerMs + rules.registerAfterMs, serverId: server.id, change: registered },
  );
}
