import { serviceTime } from "../world/clock.ts";
import { noTask } from "./machine.ts";
import type { AppServerRecord, ServerGroupRecord } from "./records.ts";
import type { StreamingState } from "./state.ts";
import { agentStates, machineStates } from "./states.ts";

/** Makes an application server of a group, with the group's image. Its machine is being built. */
export function newAppServer(
  { chance, servers }: StreamingState,
  group: ServerGroupRecord,
  one: {
    readonly id: string;
    /** Default: the time and a text that is drawn. */
    readonly name?: string;
    readonly isScaled: boolean;
    readonly tags?: Readonly<Record<string, string>> | undefined;
    readonly instanceId: string;
    readonly nowMs: number;
  },
): AppServerRecord {
  const code = chance.hex(8).toUpperCase();
  const time = serviceTime(one.nowMs);
  const host = servers.size + 11;
  return {
    id: one.id,
    name: one.name ?? `APS-${time.replace(/\D/g, "").slice(0, 14)}-${code}`,
    description: "",
    machine_name: `APS-${code}00`,
    server_group_id: group.id,
    image_id: group.image_id,
    status: agentStates.unregistered,
    maintain_status: false,
    vm_status: machineStates.building,
    task_status: noTask,
    job_id: undefined,
    scaling_auto_create: one.isScaled,
    instance_id: one.instanceId,
    addr: `192.168.${Math.floor(host / 250) % 250}.${(host % 250) + 1}`,
    tags: { ...one.tags },
    create_time: time,
    update_time: time,
  };
}
