import { createEmulator, type Emulator, type FaultEffect } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import { type AmbiguousOutcomeError, createClient, createImages, type FleetRecord, password } from "../src/index.ts";
import { createVirtualTime } from "./chaos/virtual-time.ts";
import { world } from "./world.ts";

const image = { serverId: world.serverId, name: "office" };
const hourMs = 3_600_000;

/** What is unkind about the world, one thing at a time. */
interface Distortion {
  /** Effects by the operations that they hit. */
  readonly faults?: Readonly<Record<string, FaultEffect>>;
  /** By how much the machine's clock is ahead of the service's, in hours. */
  readonly skewHours?: number;
  /** Whether an image of this name was made of the server before. */
  readonly hasOld?: boolean;
  /** When nobody could tell, so that all that is known is said instead. */
  readonly inDoubt?: When;
}

type When = "at once" | "once the image is there";

const jobsAre = (effect: FaultEffect): Distortion => ({ faults: { ListImageSubJobs: effect } });

const distortions: readonly [string, Distortion][] = [
  ["nothing else", {}],
  ["a server that is shown as it was two minutes ago", { faults: { ShowImageServer: { type: "lag", ms: 120_000 } } }],
  [
    "a server that is at work and still shown as idle",
    { faults: { ShowImageServer: { type: "fields", set: { status: "ACTIVE" } } }, inDoubt: "at once" },
  ],
  ["jobs that are listed two minutes late", jobsAre({ type: "lag", ms: 120_000 })],
  ["jobs without a name while they run", jobsAre({ type: "fields", omit: ["resource_name"], onlyRunning: true })],
  ["jobs that bear the name of the server", jobsAre({ type: "name", form: "server" })],
  ["jobs without a begin", jobsAre({ type: "fields", omit: ["begin_time"] })],
  ["times in another zone, without saying so", jobsAre({ type: "times", form: "local" })],
  [
    "records that are cleaned up when a job has ended",
    { ...jobsAre({ type: "hide", afterEndMs: 0 }), inDoubt: "once the image is there" },
  ],
  ["a request that arrives twice", { faults: { RecreateServerImage: { type: "replay", answer: "second" } } }],
  ["a clock that is 8 hours ahead", { skewHours: 8 }],
  ["a clock that is 8 hours behind", { skewHours: -8 }],
  ["an image of this name from before", { hasOld: true }],
];

describe.each(distortions)(
  "a run that is killed while its request is under way, with %s, and resumed",
  (_what, distortion) => {
    it.each<[When, number]>([
      ["at once", 10_000],
      ["once the image is there", 40 * 60_000],
    ])("%s: one image, and its job is found", async (when, pauseMs) => {
      const { outcome, jobIds, imageIds } = await resumed(distortion, "under way", pauseMs);
      expect([jobIds.length, imageIds.length]).toEqual([1, 1]);
      if (when !== distortion.inDoubt)
        return expect(outcome).toMatchObject({ result: "made", jobId: jobIds[0], imageId: imageIds[0] });
      const { candidateJobIds, serverImageId } = (outcome as { error: AmbiguousOutcomeError }).error.outcome;
      expect([...candidateJobIds, serverImageId]).toContain(when === "at once" ? jobIds[0] : imageIds[0]);
    });
  },
);

it.each(distortions.filter(([, { faults }]) => faults === undefined))(
  "a run that is killed before its request is sent, with %s, and resumed: one new image",
  async (_what, distortion) => {
    const { outcome, jobIds, imageIds } = await resumed(distortion, "not sent", 10_000);
    expect(outcome).toMatchObject({ result: "made", jobId: jobIds[0], imageId: imageIds[0] });
    expect([jobIds.length, imageIds.length]).toEqual([1, 1]);
  },
);

/** What the second run says, and the jobs and images that there are beside those of before. */
async function resumed(distortion: Distortion, killedWhen: Kill, pauseMs: number) {
  const { emulator, time, run } = worldWith(distortion);
  const project = () => emulator.state.projects.get(world.projectId);
  if (distortion.hasOld) await run([]);
  const old = new Set([...(project()?.jobs.keys() ?? []), ...(project()?.images.keys() ?? [])]);
  for (const [operation, effect] of Object.entries(distortion.faults ?? {})) emulator.faults.add({ operation, effect });
  const records: FleetRecord[] = [];
  await run(records, killedWhen);
  await time.sleep(pauseMs);
  const [outcome] = await run(records);
  // Whatever was started has ended by now.
  await time.sleep(hourMs);
  emulator.faults.clear();
  await run([], "not sent");
  const isNew = (id: string) => !old.has(id);
  const jobIds = [...(project()?.jobs.keys() ?? [])].filter(isNew);
  return { outcome, jobIds, imageIds: [...(project()?.images.keys() ?? [])].filter(isNew) };
}

type Kill = "not sent" | "under way";

/** A service in virtual time, and runs that make the image in it. */
function worldWith({ skewHours = 0 }: Distortion) {
  const time = createVirtualTime(Date.UTC(2026, 10, 1));
  const emulator = createEmulator({ realNow: time.now, sleep: time.sleep });
  const clientOf = (fetch: Emulator["fetch"]) =>
    createClient({
      region: world.region,
      endpoint: "http://127.0.0.1:4010",
      projectId: world.projectId,
      // No signature is refused for its date, which would tell how far the clock is off.
      credentials: password(world.user),
      now: () => time.now() + skewHours * hourMs,
      monotonicNow: time.now,
      sleep: time.sleep,
      random: () => 0.5,
      fetch: fetch as typeof globalThis.fetch,
    });

  /** @param killedWhen ends the run at its request: before it is sent, or when the service has it. Default: at its end. */
  async function run(records: FleetRecord[], killedWhen?: Kill) {
    let kill = () => {};
    const killed = new Promise<never[]>((resolve) => {
      kill = () => resolve([]);
    });
    const fetch: Emulator["fetch"] = async (input, init) => {
      if (killedWhen === undefined || !String(input).endsWith("recreate-image")) return emulator.fetch(input, init);
      if (killedWhen === "under way") await emulator.fetch(input, init);
      kill();
      return new Promise(() => {});
    };
    const journal = { records: [...records], append: async (record: FleetRecord) => void records.push(record) };
    const made = createImages(clientOf(fetch), [image], { journal, intervalMs: 300_000 });
    return Promise.race([killed, made.then(({ outcomes }) => outcomes)]);
  }

  return { time, emulator, run };
}
