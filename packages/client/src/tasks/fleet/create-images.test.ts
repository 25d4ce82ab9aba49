import { createEmulator, defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { seeded } from "../../../../../scripts/suite/seeded.ts";
import { createClient } from "../../client.ts";
import { accessKey } from "../../credentials/access-key.ts";
import type { CredentialSource } from "../../credentials/credential.ts";
import { CredentialsError } from "../../errors/credentials-error.ts";
import { ValidationError } from "../../errors/validation-error.ts";
import { createImages } from "./create-images.ts";
import { type FleetJournal, type FleetRecord, memoryJournal, replay } from "./journal.ts";
import type { FleetImage, FleetProgress } from "./outcome.ts";

const projectId = "a4da8115c9d8464ead3a38309130523f";
const key = { accessKeyId: "APSEMULATORACCESSKEY", secretAccessKey: "aps-emulator-secret-access-key" };

test("a fleet of 200 with 10% faults, killed five times and resumed, ends with exactly 200 images", async () => {
  const { emulator, clock, images } = fleet(200, 1);
  for (const effect of faults) emulator.faults.add({ probability: 0.1 / faults.length, effect });
  const random = seeded(1);
  const records: FleetRecord[] = [];
  let inDoubt = 0;
  for (let kill = 1; kill <= 5; kill++) {
    await runUntilKilled(emulator, clock, images, records, 10 + Math.floor(random() * 80));
    inDoubt += [...replay(records).values()].filter(({ step }) => step === "in doubt").length;
  }
  // Otherwise the kills have missed what matters.
  expect(inDoubt).toBeGreaterThan(0);
  const result = await createImages(clientOf(emulator, clock), images, { journal: memoryJournal(records) });
  expect(tally(result.outcomes.map((outcome) => outcome.result))).toEqual({ made: 200 });
  expect(made(emulator)).toEqual(images.map(({ name }) => name).sort());
});

test("what was made is not made again, and what failed only when asked for", async () => {
  const { emulator, clock, images } = fleet(2, 1);
  const fail = { code: "IMG.0008", message: "The server is not stopped." };
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate: { fail } } });
  const records: FleetRecord[] = [];
  const client = clientOf(emulator, clock);
  const first = await createImages(client, images, { journal: keep(records), concurrency: 1 });
  expect(first.outcomes).toMatchObject([{ result: "failed", failures: [{ code: "IMG.0008" }] }, { result: "made" }]);
  expect(starts(emulator)).toBe(2);
  const second = await createImages(client, images, { journal: keep(records) });
  expect(second.outcomes).toEqual(first.outcomes);
  expect(starts(emulator)).toBe(2);
  const third = await createImages(client, images, { journal: keep(records), retryFailed: true });
  expect(third.allMade).toBe(true);
  expect(made(emulator)).toHaveLength(2);
});

test.each([Number.NaN, 0, 0.5, Number.POSITIVE_INFINITY])(
  "every image is made, with %s of them at the same time",
  async (concurrency) => {
    const { emulator, clock, images } = fleet(3, 1);
    const result = await createImages(clientOf(emulator, clock), images, { concurrency });
    expect(result.outcomes.map((outcome) => outcome.result)).toEqual(["made", "made", "made"]);
  },
);

test("a refused key ends the run at once, and nothing is taken for made", async () => {
  const { emulator, clock, images } = fleet(20, 1);
  const client = clientOf(emulator, clock, { ...key, secretAccessKey: "wrong" });
  const result = await createImages(client, images, { concurrency: 2 });
  expect(result.stoppedBy).toMatchObject({ status: 401 });
  expect(result.allMade).toBe(false);
  expect(tally(result.outcomes.map((outcome) => outcome.result))["not ended"]).toBeGreaterThanOrEqual(18);
  expect(emulator.requests.length).toBeLessThanOrEqual(4);
});

test("a journal that cannot be written ends the run, and the job that it misses is named", async () => {
  const { emulator, clock, images } = fleet(3, 1);
  const journal: FleetJournal = {
    records: [],
    append: async ({ type }) => {
      if (type === "job") throw new Error("No space left.");
    },
  };
  const result = await createImages(clientOf(emulator, clock), images, { journal, concurrency: 1 });
  expect(result.stoppedBy).toMatchObject({ message: "No space left." });
  expect(result.outcomes).toMatchObject([
    { result: "not ended", jobId: expect.stringMatching(/^\d{18}$/) },
    { result: "not ended" },
    { result: "not ended" },
  ]);
});

test("the signal ends the run: jobs go on and are named", async () => {
  const { emulator, clock, images } = fleet(3, 1);
  const controller = new AbortController();
  const result = await createImages(clientOf(emulator, clock), images, {
    signal: controller.signal,
    concurrency: 2,
    onProgress: ({ step }) => step === "waiting" && controller.abort(new Error("Enough.")),
  });
  expect(result.stoppedBy).toBe(controller.signal.reason);
  expect(result.outcomes[0]).toMatchObject({ result: "not ended", jobId: expect.any(String) });
  expect(result.outcomes[2]).toEqual({ serverId: "server-2", name: "office-2", result: "not ended" });
});

test.each(["sending", "waiting", "ended"] as const)(
  "a callback that throws when %s ends the run, and no image is taken for refused",
  async (when) => {
    const { emulator, clock, images } = fleet(3, 1);
    const failure = new Error("The callback failed.");
    const onProgress = ({ step }: FleetProgress) => {
      if (step === when) throw failure;
    };
    const records: FleetRecord[] = [];
    const options = { journal: keep(records), concurrency: 1, onProgress };
    const result = await createImages(clientOf(emulator, clock), images, options);
    expect(result.stoppedBy).toBe(failure);
    expect(result.outcomes.map((outcome) => outcome.result)).not.toContain("refused");
    expect(starts(emulator)).toBe(when === "sending" ? 0 : 1);
    const again = await createImages(clientOf(emulator, clock), images, { journal: keep(records) });
    expect(again.allMade).toBe(true);
    expect(made(emulator)).toHaveLength(3);
  },
);

test("credentials that cannot be had for a while end neither the run nor the waits", async () => {
  const { emulator, clock, images } = fleet(3, 1);
  let calls = 0;
  const credentials: CredentialSource = () => {
    calls += 1;
    if (calls === 1 || calls === 5) throw new CredentialsError("The vault is sealed.", { isTransient: true });
    return { type: "accessKey", ...key };
  };
  const client = createClient({ ...clientOf(emulator, clock).settings, credentials });
  const result = await createImages(client, images, { concurrency: 1 });
  expect(result.outcomes.map((outcome) => outcome.result)).toEqual(["refused", "made", "made"]);
  expect(result.stoppedBy).toBeUndefined();
});

test("credentials that are refused while a lost image is looked for leave it in doubt, and end the run", async () => {
  const { emulator, clock, images } = fleet(2, 1);
  const [first] = images;
  const at = new Date(clock.now()).toISOString();
  const journal = memoryJournal([{ at, serverId: first?.serverId ?? "", type: "start", name: first?.name ?? "" }]);
  const client = clientOf(emulator, clock, { ...key, secretAccessKey: "wrong" });
  const result = await createImages(client, images, { journal, concurrency: 1 });
  expect(result.outcomes.map((outcome) => outcome.result)).toEqual(["in doubt", "not ended"]);
  expect(result.stoppedBy).toMatchObject({ status: 401 });
  expect(emulator.requests).toHaveLength(1);
});

test("images that could not be made are refused before anything is sent", async () => {
  const { emulator, clock, images } = fleet(3, 1);
  const client = clientOf(emulator, clock);
  const bad = [...images, { serverId: "../x", name: "a/b" }];
  const refused = await createImages(client, bad).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ValidationError);
  expect((refused as ValidationError).issues.map(({ pointer }) => pointer)).toEqual([
    "/3/path/server_id",
    "/3/body/name",
  ]);
  await expect(createImages(client, [...images, ...images])).rejects.toThrow(/server "server-0" occurs twice/);
  await expect(createImages(client, [...images, { serverId: "x", name: "office-1" }])).rejects.toThrow(
    /name "office-1"/,
  );
  const journal = memoryJournal([{ at: "2026-01-01T00:00:00Z", serverId: "other", type: "start", name: "x" }]);
  await expect(createImages(client, images, { journal })).rejects.toThrow(/names server other/);
  expect(emulator.requests).toHaveLength(0);
});

const faults = [
  { type: "cut", afterWork: false },
  { type: "cut", afterWork: true },
  { type: "answer", status: 500, body: {} },
  { type: "answer", status: 502, body: {}, afterWork: true },
  { type: "answer", status: 429, body: {} },
  { type: "body", body: "truncated" },
  { type: "body", body: "html" },
] as const;

/** Virtual time: whoever waits moves it on. */
function virtualClock() {
  let now = Date.UTC(2026, 10, 24);
  return {
    now: () => now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      now += ms / 10;
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    },
  };
}

type VirtualClock = ReturnType<typeof virtualClock>;

function fleet(size: number, seed: number) {
  const clock = virtualClock();
  const images: FleetImage[] = Array.from({ length: size }, (_, index) => ({
    serverId: `server-${index}`,
    name: `office-${index}`,
  }));
  const servers = images.map(({ serverId }) => ({ id: serverId, projectId, name: serverId }));
  const emulator = createEmulator({
    world: { ...defaultWorld, servers },
    seed,
    jobs: "poll",
    realNow: clock.now,
    sleep: clock.sleep,
  });
  return { emulator, clock, images };
}

function clientOf(emulator: Emulator, clock: VirtualClock, credentials = key, fetch = emulator.fetch) {
  return createClient({
    endpoint: "http://aps.test",
    projectId,
    credentials: accessKey(credentials),
    fetch,
    ...clock,
    random: () => 0.5,
  });
}

function keep(records: FleetRecord[]): FleetJournal {
  return { records: [...records], append: async (record) => void records.push(record) };
}

/**
 * A run that is killed at its n-th step of a submission, a note or a request: from then on nothing is sent, no answer
 * arrives, and nothing is noted. The request that is under way is carried out, and its answer is lost.
 */
async function runUntilKilled(
  emulator: Emulator,
  clock: VirtualClock,
  images: readonly FleetImage[],
  records: FleetRecord[],
  lifetime: number,
): Promise<void> {
  let steps = 0;
  let dead = false;
  let kill = () => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const live = async <Value>(counts: boolean, effect: () => Promise<Value>): Promise<Value> => {
    if (dead) return new Promise(() => {});
    if (counts && ++steps >= lifetime) dead = true;
    const value = await effect();
    if (dead) kill();
    return dead ? new Promise(() => {}) : value;
  };
  const fetch: Emulator["fetch"] = (input, init) =>
    live(String(input).endsWith("/recreate-image"), () => emulator.fetch(input, init));
  const journal: FleetJournal = {
    records: [...records],
    append: (record) => live(true, async () => void records.push(record)),
  };
  await Promise.race([killed, createImages(clientOf(emulator, clock, key, fetch), images, { journal })]);
}

function starts({ requests }: Emulator): number {
  return requests.filter(({ operationId }) => operationId === "RecreateServerImage").length;
}

function made({ state }: Emulator): string[] {
  return [...state.projects.values()].flatMap(({ images }) => [...images.values()].map(({ name }) => name)).sort();
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
