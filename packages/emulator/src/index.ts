export { createEmulator, type Emulator } from "./emulator.ts";
export type { CallEffect, Fault, FaultEffect, Faults } from "./faults/fault.ts";
export type { IncomingRequest, RawAnswer } from "./http/message.ts";
export { InvalidInput } from "./invalid-input.ts";
export type { JobFate } from "./jobs/fate.ts";
export type { JobPace } from "./jobs/pace.ts";
export type { LoggedRequest, SignatureReading } from "./logged-request.ts";
export type { EmulatorOptions } from "./options.ts";
export type { GivenVisit, Sessions } from "./streaming/by-hand.ts";
export type {
  AppServerRecord,
  ScalingPolicyRecord,
  ServerGroupRecord,
  SessionRecord,
  Traffic,
} from "./streaming/records.ts";
export type { StreamingState } from "./streaming/state.ts";
export type { ViewEffect } from "./views/effect.ts";
export type { Violation } from "./violation.ts";
export type { Clock } from "./world/clock.ts";
export { defaultWorld } from "./world/default-world.ts";
export type { ImageRecord } from "./world/image-record.ts";
export type { Machinery } from "./world/machinery.ts";
export { readWorld } from "./world/read-world.ts";
export type { Rules } from "./world/rules.ts";
export type { Snapshot } from "./world/snapshot.ts";
export type { JobRecord, ProjectState, ServerRecord, State } from "./world/state.ts";
export { unkindWorld } from "./world/unkind-world.ts";
export type {
  World,
  WorldAccessKey,
  WorldImage,
  WorldProject,
  WorldServer,
  WorldUser,
} from "./world/world.ts";
export type {
  WorldAppGroup,
  WorldAppServer,
  WorldOtherImage,
  WorldServerGroup,
  WorldSession,
  WorldVisit,
} from "./world/world-streaming.ts";
