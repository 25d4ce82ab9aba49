import type { World } from "./world.ts";

const projectId = "a4da8115c9d8464ead3a38309130523f";
const groupId = "bc05da52-89df-45ba-8146-13fe3ce7c45a";
const minute = 60_000;

/** The world that documentation and examples use. Its secrets open nothing but an emulator. */
export const defaultWorld: World = {
  projects: [{ id: projectId, name: "ap-southeast-1" }],
  users: [
    {
      name: "emulator",
      domain: "emulator-domain",
      password: "aps-emulator-password",
      accessKeys: [{ id: "APSEMULATORACCESSKEY", secret: "aps-emulator-secret-access-key" }],
    },
  ],
  servers: [{ id: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", projectId, name: "golden-image-builder" }],
  otherImages: [
    { id: "da02e5ca-c6ec-4685-8ecb-f116bb5bdd2c", projectId, name: "Windows Server 2019 Datacenter", type: "gold" },
    { id: "6579b42e-f345-4452-ae3a-fa0687564943", projectId, name: "office-2026-09" },
    { id: "35998d9a-14f2-48fc-832b-6fc0074dc8f8", projectId, name: "office-2026-10" },
    { id: "f5d443de-a623-4950-a74d-569fe63c1f7a", projectId, name: "office-2026-11" },
  ],
  serverGroups: [{ id: groupId, projectId, name: "office", imageId: "6579b42e-f345-4452-ae3a-fa0687564943" }],
  appServers: [
    { id: "573548db-9a6f-4b31-a5cb-d7aa40975466", groupId, name: "office-1" },
    { id: "0b5c1f5e-8f0c-4f5b-9d43-5c8a3e0a7c02", groupId, name: "office-2" },
    { id: "3d0f6a8c-2f5e-4f43-8a37-9b1f2c7d4e03", groupId, name: "office-3" },
    { id: "6e9a4c1d-7b28-4d9a-b6f1-0c5e8d2a9f04", groupId, name: "office-4" },
    { id: "9f2b7d3e-1c64-4e8f-a5d2-7a4f6b0c3d05", groupId, name: "office-5" },
  ],
  sessions: [
    { user: "anna", serverId: "573548db-9a6f-4b31-a5cb-d7aa40975466", startedAgoMs: 95 * minute },
    { user: "bo", serverId: "573548db-9a6f-4b31-a5cb-d7aa40975466", startedAgoMs: 40 * minute, state: "Disconnected" },
    { user: "chen", serverId: "0b5c1f5e-8f0c-4f5b-9d43-5c8a3e0a7c02", startedAgoMs: 20 * minute },
    { user: "dora", serverId: "3d0f6a8c-2f5e-4f43-8a37-9b1f2c7d4e03", startedAgoMs: 5 * minute },
  ],
  appGroups: [{ id: "627991243116249088", name: "office", groupId, applications: 3 }],
};
