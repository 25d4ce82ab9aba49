import { serverJob } from "../generated/contract.ts";

const { server, machine } = serverJob.kinds.CREATE_SERVER;

/** The states of an application server by its agent, which registers with the service. */
export const agentStates = { registered: server.after, unregistered: server.during } as const;

/** The states of the machine underneath. */
export const machineStates = { running: machine.after, building: machine.during } as const;
