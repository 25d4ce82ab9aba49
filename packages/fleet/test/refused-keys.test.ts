import { type CredentialSource, methodsOf, password } from "@workspace-aps/client";
import { recreateServerImage } from "@workspace-aps/client/operations";
import { defaultWorld } from "@workspace-aps/emulator";
import { expect, it } from "vitest";
import type { FleetRunImage } from "../src/index.ts";
import { fleetOrSkip } from "./fleet-or-skip.ts";
import { quickPace } from "./make-all.ts";
import { testKey, worldOf } from "./world.ts";

const servers = { 1: ["a", "b", "c", "doubt", "jobs-1", "jobs-2", "jobs-3", "jobs-4"], 2: ["d", "e", "f"] };
const otherKey = { id: "OTHERKEY", secret: "another secret" };
const [user] = defaultWorld.users;
if (user === undefined) throw new Error("The default world has nobody.");
let key = testKey;
const ownKey: CredentialSource = () => ({ type: "accessKey", accessKeyId: key.id, secretAccessKey: key.secret });
let source = ownKey;
const { emulator, image, images, clientOf, posts } = worldOf({
  ...{ servers, speed: 500, jobs: "poll" },
  credentials: (context) => source(context),
  more: { users: [{ ...user, accessKeys: [testKey, otherKey] }], rules: { lockKeys: true } },
});
const jobImages = images.filter(({ serverId }) => serverId.startsWith("jobs"));
const otherImages = images.filter(({ serverId }) => serverId.length === 1);
const { tables, fleet } = await fleetOrSkip(clientOf);

it("asks once with a wrong key, however much there is to do in however many projects, and goes on as soon as there is a right one", async () => {
  key = { ...testKey, secret: "a wrong secret" };
  await begin("jobs", jobImages);
  await fleet.submit("nightly", otherImages);
  // The service takes its time, so that whatever goes beside the first request has gone before its answer.
  emulator.faults.add({ effect: { type: "delay", ms: 400 }, times: 1_000 });
  await using worker = startWorker();
  await worker.sweeps(refusedKeys(1));
  emulator.faults.clear();
  const { wrongSignatures } = emulator.state;
  expect([...wrongSignatures.values()]).toEqual([{ count: 1, lockedUntilMs: 0 }]);
  key = testKey;
  for (const run of ["jobs", "nightly"])
    await expect.poll(async () => (await fleet.status(run)).hasEnded, { interval: 50 }).toBe(true);
  expect((await fleet.status("nightly")).counts).toEqual({ made: otherImages.length });
  expect((await fleet.status("jobs")).counts).toEqual({ made: jobImages.length });
});

it("asks for nothing more when a look is told that the key is refused, until there is another key", async () => {
  await begin("looked-at", jobImages);
  const body = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." };
  const effect = { type: "answer", status: 401, body } as const;
  emulator.faults.add({ operation: "ListImageJobs", effect, times: 1_000 });
  await using worker = startWorker();
  await worker.sweeps(refusedKeys(2));
  const refused = emulator.requests.filter(({ status }) => status === 401).length;
  const last = emulator.requests.at(-1);
  await worker.sweeps(async () => true);
  expect([emulator.requests.at(-1), worker.problems.join()]).toEqual([last, expect.stringContaining("APIGW.0301")]);
  expect(refused).toBe(1 + 1);
  emulator.faults.clear();
  key = otherKey;
  await expect.poll(async () => (await fleet.status("looked-at")).counts, { interval: 50 }).toEqual({ made: 4 });
  expect(jobImages.map(({ serverId }) => posts(serverId)).every((count) => count <= 2)).toBe(true);
});

it("looks at once for what is in doubt, when it could not for want of a key and there is one again", async () => {
  await begin("doubtful", [image("doubt")]);
  const inDoubt = `update aps_fleet.image set state = 'in doubt', job_id = null, lane = 1, baseline = $1 where run = 'doubtful'`;
  await tables.change(inDoubt, [JSON.stringify({ status: "ACTIVE", imageId: "before" })]);
  const body = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." };
  emulator.faults.add({ operation: "ListImageSubJobs", effect: { type: "answer", status: 401, body } });
  await using worker = startWorker();
  await worker.sweeps(refusedKeys(3));
  const [{ state, reason } = {}] = await fleet.images("doubtful");
  expect([state, reason]).toEqual(["in doubt", expect.stringContaining("APIGW.0301")]);
  await tables.change("delete from aps_fleet.refused_key");
  await expect.poll(async () => (await fleet.status("doubtful")).counts, { interval: 50 }).toEqual({ made: 1 });
  expect(posts("doubt")).toBe(1);
});

it("asks IAM once with a wrong password, and lets the project rest, which has no key to be told by", async () => {
  source = password({ domainName: user.domain, userName: user.name, password: "a wrong password" });
  await fleet.submit("signed-in", [{ ...image("doubt"), name: "signed-in" }]);
  await using worker = startWorker();
  const isResting = async () =>
    (await tables.rows("select 1 from aps_fleet.place where rest_until > now() + interval '5 minutes'")).length === 1;
  await worker.sweeps(isResting);
  expect(emulator.requests.filter(({ path }) => path.startsWith("/v3/auth/tokens"))).toHaveLength(1);
  source = ownKey;
  await tables.change("delete from aps_fleet.place");
});

/** A run whose jobs the service works on. */
async function begin(run: string, of: readonly FleetRunImage[]): Promise<void> {
  const used = key;
  key = testKey;
  await fleet.submit(run, of);
  for (const { serverId, name, ...place } of of) {
    const client = methodsOf(clientOf({ account: "", ...place }), { recreateServerImage });
    const { job_id: jobId } = await client.recreateServerImage({ path: { server_id: serverId }, body: { name } });
    const noted = "update aps_fleet.image set state = 'job', job_id = $3 where run = $1 and server_id = $2";
    await tables.change(noted, [run, serverId, jobId]);
  }
  key = used;
}

function refusedKeys(count: number): () => Promise<boolean> {
  return async () => (await tables.rows("select 1 from aps_fleet.refused_key")).length === count;
}

function startWorker() {
  const ends = new AbortController();
  const problems: unknown[] = [];
  let swept = 0;
  const worker = fleet.work({
    ...{ ...quickPace, signal: ends.signal },
    onSweep: () => {
      swept += 1;
    },
    onProblem: (error) => void problems.push(error),
  });
  return {
    problems,
    /** Lets so many sweeps go by, after something is the case, that whatever is in the queue has had its turn. */
    async sweeps(isSo: () => Promise<boolean>) {
      await expect.poll(isSo, { interval: 50 }).toBe(true);
      const before = swept;
      await expect.poll(() => swept, { interval: 50 }).toBeGreaterThan(before + 10);
    },
    async [Symbol.asyncDispose]() {
      ends.abort();
      await worker;
    },
  };
}
