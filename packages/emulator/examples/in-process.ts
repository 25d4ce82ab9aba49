import { createEmulator, defaultWorld } from "@workspace-aps/emulator";

const emulator = createEmulator({ world: defaultWorld, speed: 0 });
const [project] = defaultWorld.projects;

// Any client that lets you choose its `fetch` can be given the emulator's.
const refused = await emulator.fetch(`http://aps.test/v1/${project?.id}/image-servers`);
console.log(refused.status, await refused.json());
