// Loaded before an example runs: the cloud is an emulator in the same process. Everything else is as a user has it.
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";

const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
if (user?.password === undefined || key === undefined) throw new Error("The default world has no user with a key.");
process.env.HUAWEICLOUD_SDK_AK = key.id;
process.env.HUAWEICLOUD_SDK_SK = key.secret;
process.env.APS_DOMAIN = user.domain;
process.env.APS_USER = user.name;
process.env.APS_PASSWORD = user.password;
globalThis.fetch = createEmulator({ jobs: "instant" }).fetch;

// Twenty times faster, so that nobody waits for the first look at a job.
const realTimer = globalThis.setTimeout;
globalThis.setTimeout = ((action: () => void, ms = 0) => realTimer(action, ms / 20)) as typeof setTimeout;
