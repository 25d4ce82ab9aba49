import { createEmulator, defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { listImageJobs } from "../../src/generated/operations.ts";
import {
  AmbiguousOutcomeError,
  ApsError,
  accessKey,
  type Client,
  type ClientOptions,
  createClient,
  createImage,
  createImages,
  type FleetRecord,
  JobFailedError,
  memoryJournal,
  waitForImageJob,
} from "../../src/index.ts";
import { type Draw, drawFrom } from "../draw.ts";
import { mortal } from "../mortal.ts";
import { world } from "../world.ts";
import { unkindFaults } from "./unkind-faults.ts";
import { createVirtualTime } from "./virtual-time.ts";

type Way = "alone" | "killed" | "two runs";

/** How a round ended. */
export interface Round {
  readonly seed: number;
  readonly way: Way;
  readonly outcome: string;
  /** What must not happen; undefined when all is well. */
  readonly wrong: string | undefined;
  readonly faults: readonly string[];
}

/** What one run says that it came to. */
interface Said {
  readonly outcome: "made" | "failed" | "refused" | "in doubt" | "goes on" | "untyped error";
  readonly jobId?: string | undefined;
  readonly imageId?: string | undefined;
  readonly candidates?: readonly string[] | undefined;
  readonly error?: unknown;
}

const image = { serverId: world.serverId, name: "office" };
const hourMs = 3_600_000;

/** Makes one image in an unkind world that is drawn from the seed, and holds what is said against what has happened. */
export async function unkindRound(seed: number): Promise<Round> {
  const draw = drawFrom(seed);
  const way = draw.oneOf<Way>(["alone", "alone", "killed", "killed", "two runs"]);
  const time = createVirtualTime(Date.UTC(2026, 10, 1) + seed * 1_000);
  const emulator = createEmulator({ seed, world: defaultWorld, realNow: time.now, sleep: time.sleep });
  const skewMs = draw.chance(0.6) ? Math.round((draw.random() * 16 - 8) * hourMs) : 0;
  const set: Partial<ClientOptions> = {
    region: world.region,
    endpoint: "http://127.0.0.1:4010",
    projectId: world.projectId,
    credentials: accessKey(world.key),
    now: () => time.now() + skewMs,
    monotonicNow: time.now,
    sleep: time.sleep,
    random: draw.random,
  };
  const clientOf = (fetch: Emulator["fetch"]) =>
    createClient({ ...set, fetch: fetch as typeof globalThis.fetch } as ClientOptions);
  let earlierImageId: string | undefined;
  if (draw.chance(0.3)) {
    const kind = clientOf(emulator.fetch);
    earlierImageId = (await waitForImageJob(kind, (await createImage(kind, image)).jobId)).imageId;
    await time.sleep(draw.upTo(hourMs));
  }
  const before = new Set(jobsIn(emulator));
  const faults = unkindFaults(draw, way === "two runs");
  for (const fault of faults) emulator.faults.add(fault);
  const said = await runs[way](draw, time, emulator, clientOf);
  // What was still on its way has arrived by now, and every job has ended.
  await time.sleep(2 * hourMs);
  emulator.faults.clear();
  await clientOf(emulator.fetch).call(listImageJobs, { query: { job_type: "CREATE_SERVER_IMAGE" } });
  const jobs = jobsIn(emulator).filter((id) => !before.has(id));
  const wrong = said.map((one) => wrongWith(one, said, jobs, emulator, earlierImageId)).find(Boolean);
  const shown = faults.map(({ operation = "*", effect }) => `${operation} ${JSON.stringify(effect)}`);
  return { seed, way, outcome: said.map(({ outcome }) => outcome).join(), wrong, faults: [...shown, `skew ${skewMs}`] };
}

type Run = (
  draw: Draw,
  time: ReturnType<typeof createVirtualTime>,
  emulator: Emulator,
  clientOf: (fetch: Emulator["fetch"]) => Client,
) => Promise<Said[]>;

const runs: Record<Way, Run> = {
  alone: async (_draw, _time, emulator, clientOf) => [await makeOne(clientOf(emulator.fetch))],

  "two runs": async (draw, time, emulator, clientOf) => {
    const laterMs = draw.upTo(draw.oneOf([0, 5_000, 200_000]));
    return Promise.all([
      makeOne(clientOf(emulator.fetch)),
      time.sleep(laterMs).then(() => makeOne(clientOf(emulator.fetch))),
    ]);
  },

  killed: async (draw, time, emulator, clientOf) => {
    const records: FleetRecord[] = [];
    for (let kills = 1 + draw.upTo(2); kills > 0; kills--) {
      await runUntilKilled(emulator, clientOf, records, 1 + draw.upTo(7));
      await time.sleep(draw.upTo(draw.oneOf([1_000, 60_000, hourMs])));
    }
    const { outcomes } = await createImages(clientOf(emulator.fetch), [image], { journal: memoryJournal(records) });
    const [outcome] = outcomes;
    if (outcome === undefined) return [];
    if (outcome.result === "made") return [{ outcome: "made", jobId: outcome.jobId, imageId: outcome.imageId }];
    if (outcome.result === "in doubt") return [saidOf(outcome.error)];
    const jobId = "jobId" in outcome ? outcome.jobId : undefined;
    if (outcome.result === "failed" || outcome.result === "refused") return [{ outcome: outcome.result, jobId }];
    return [{ outcome: "goes on", jobId }];
  },
};

async function makeOne(client: Client): Promise<Said> {
  let jobId: string | undefined;
  try {
    ({ jobId } = await createImage(client, image));
    const { imageId } = await waitForImageJob(client, jobId);
    return { outcome: "made", jobId, imageId };
  } catch (error) {
    return {
      ...saidOf(error),
      ...(jobId === undefined ? {} : { jobId, outcome: error instanceof JobFailedError ? "failed" : "goes on" }),
    };
  }
}

function saidOf(error: unknown): Said {
  if (error instanceof AmbiguousOutcomeError) {
    const { candidateJobIds, serverImageId } = error.outcome;
    return { outcome: "in doubt", candidates: candidateJobIds, imageId: serverImageId, error };
  }
  return { outcome: error instanceof ApsError ? "refused" : "untyped error", error };
}

/** A run that ends at its n-th note or request: what is under way is carried out, and nobody hears of it. */
async function runUntilKilled(
  emulator: Emulator,
  clientOf: (fetch: Emulator["fetch"]) => Client,
  records: FleetRecord[],
  lifetime: number,
): Promise<void> {
  const { killed, live } = mortal(lifetime);
  const client = clientOf((input, init) => live(() => emulator.fetch(input, init)));
  const journal = {
    records: [...records],
    append: (record: FleetRecord) => live(async () => void records.push(record)),
  };
  await Promise.race([killed, createImages(client, [image], { journal })]);
}

function jobsIn({ state }: Emulator): string[] {
  return [...(state.projects.get(world.projectId)?.jobs.keys() ?? [])];
}

function wrongWith(
  said: Said,
  all: readonly Said[],
  jobs: readonly string[],
  emulator: Emulator,
  earlierImageId: string | undefined,
): string | undefined {
  const project = emulator.state.projects.get(world.projectId);
  const succeeded = jobs.filter((id) => project?.jobs.get(id)?.status === "SUCCESS");
  const { outcome, jobId, imageId, candidates = [] } = said;
  // What another run has in hand, or names as what it may have started, is not lost by this one.
  const isNamed = (id: string) => all.some((one) => one.jobId === id || (one !== said && one.candidates?.includes(id)));
  const unclaimed = succeeded.filter((id) => !isNamed(id));
  if (succeeded.length > 1) return "made twice";
  if (outcome === "untyped error") return `an error that is not one of the client's: ${String(said.error)}`;
  if (outcome === "made" && (imageId === earlierImageId || jobId === undefined || !succeeded.includes(jobId)))
    return "an image that is not the one that was asked for";
  if ((outcome === "failed" || outcome === "goes on") && (jobId === undefined || !jobs.includes(jobId)))
    return "a job of another";
  if (outcome === "failed" && succeeded.length > 0) return "said to have failed, and was made";
  if (outcome === "refused" && unclaimed.length > 0) return "said to be refused, and was made: lost";
  if (
    outcome === "in doubt" &&
    unclaimed.some((id) => !candidates.includes(id)) &&
    (imageId === "" || imageId === earlierImageId)
  )
    return "in doubt without naming the job";
  return undefined;
}
