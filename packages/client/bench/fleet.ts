import { createClient, token, waitForImageJobs } from "@workspace-aps/client";
import { recreateServerImage } from "@workspace-aps/client/operations";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";

const [project] = defaultWorld.projects;
const [user] = defaultWorld.users;
if (project === undefined || user === undefined) throw new Error("The default world is empty.");

/** Waiting for many jobs at once: memory over what they need in the emulator, and list calls in an interval. */
export async function waitForMany(count: number): Promise<{ mib: number; listsPerInterval: number }> {
  const servers = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    projectId: project?.id ?? "",
    name: `server ${index}`,
  }));
  let nowMs = Date.now();
  const emulator = createEmulator({ realNow: () => nowMs, world: { ...defaultWorld, servers } });
  emulator.state.tokens.set("bench", { user: user as never, projectId: project?.id, expiresAtMs: Infinity });
  const lists: number[] = [];
  let inInterval = 0;
  const client = createClient({
    operations: { recreateServerImage },
    endpoint: "http://127.0.0.1",
    projectId: project?.id,
    credentials: token("bench"),
    now: () => nowMs,
    sleep: async (ms) => {
      if (ms >= 10_000) {
        lists.push(inInterval);
        inInterval = 0;
      }
      nowMs += ms;
    },
    fetch: (input, init) => {
      if (/image-server-(sub-)?jobs\?/.test(String(input))) inInterval += 1;
      return emulator.fetch(input as string, init);
    },
  });
  const jobIds: string[] = [];
  for (const { id } of servers) {
    const { job_id } = await client.recreateServerImage({ path: { server_id: id }, body: { name: "image" } });
    jobIds.push(job_id);
  }
  lists.length = 0;
  let ended = 0;
  let most = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await waitForImageJobs(client, jobIds, {
    onOutcome() {
      if (ended++ % 1000 !== 0) return;
      globalThis.gc?.();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    },
  });
  if (ended !== count) throw new Error(`${ended} of ${count} jobs ended`);
  return { mib: most / 2 ** 20, listsPerInterval: Math.max(...lists) };
}
