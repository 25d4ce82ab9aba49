// Loaded before an example that waits for hours: the cloud is an emulator in the same process, in which nobody works, and time goes
// so many times faster for both.
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";

const speed = 300;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
process.env.HUAWEICLOUD_SDK_AK = key?.id;
process.env.HUAWEICLOUD_SDK_SK = key?.secret;
const [realNow, realTimer] = [Date.now, globalThis.setTimeout];
const startMs = realNow();
Date.now = () => startMs + (realNow() - startMs) * speed;
globalThis.setTimeout = ((action: () => void, ms = 0) => realTimer(action, ms / speed)) as typeof setTimeout;
globalThis.fetch = createEmulator({ world: { ...defaultWorld, sessions: [] }, realNow: Date.now }).fetch;
