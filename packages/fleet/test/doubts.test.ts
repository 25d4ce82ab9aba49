import { accessKey, createClient, methodsOf } from "@workspace-aps/client";
import { recreateServerImage, showImageJob } from "@workspace-aps/client/operations";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { Client as Connection } from "pg";
import { afterAll, expect, it } from "vitest";
import { openFleet, type Place } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";

const [project] = defaultWorld.projects;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!project || !key) throw new Error("The default world is empty.");
const speed = 100;
const ids = ["alone", "lost", "made", "twice", "later"];
const servers = ids.map((id) => ({ id, projectId: project.id, name: id }));
const emulator = createEmulator({ world: { ...defaultWorld, servers }, speed, jobs: "poll" });
const start = Date.now();
const clientOf = (place: Place) =>
  createClient({
    ...place,
    endpoint: "http://127.0.0.1",
    credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
    fetch: (input, init) => emulator.fetch(input as string, init),
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
  });
const place = { region: project.name, projectId: project.id };
const image = (serverId: string) => ({ ...place, serverId, name: `office-${serverId}` });
const client = methodsOf(clientOf({ ...place, account: "" }), { recreateServerImage, showImageJob });
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client: clientOf });
const posts = (serverId: string) =>
  emulator.requests.filter(({ method, path }) => method === "POST" && path.includes(`/${serverId}/`)).length;

afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** Lets one worker make a run to its end. */
async function makeAll(run: string): Promise<void> {
  const ends = new AbortController();
  const pace = { sweepIntervalMs: 500, lookIntervalMs: 500, pollIntervalMs: 500 };
  const worker = fleet.work({ ...pace, signal: ends.signal });
  await expect.poll(async () => (await fleet.status(run)).hasEnded, { interval: 100 }).toBe(true);
  ends.abort();
  await worker;
}

it("goes on with a job whose note was lost with the database, while it runs and after its end", async () => {
  await fleet.migrate();
  const images = [image("lost"), image("made")];
  await fleet.submit("fail-over", images);
  // Sent by a worker whose notes a fail-over has lost: one image is made by now, the other is being made.
  const { job_id } = await client.recreateServerImage({ path: { server_id: "made" }, body: { name: "office-made" } });
  for (let looks = 0; looks < 3; looks++) await client.showImageJob({ path: { job_id } });
  await client.recreateServerImage({ path: { server_id: "lost" }, body: { name: "office-lost" } });
  await makeAll("fail-over");
  expect((await fleet.status("fail-over")).counts).toEqual({ made: 2 });
  expect([posts("lost"), posts("made")]).toEqual([1, 1]);
});

it("slows all lanes of a place while the service throttles it", async () => {
  const effect = { type: "answer", status: 429, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", effect, times: 1_000 });
  await fleet.submit("throttled", [image("alone")]);
  const made = makeAll("throttled");
  await using connection = await connected();
  const rests = () => connection.query<{ until: Date }>("select rest_until as until from aps_fleet.place");
  await expect.poll(async () => (await rests()).rowCount, { interval: 20 }).toBe(1);
  emulator.faults.clear();
  const [rest] = (await rests()).rows;
  // Another lane's, which was never throttled itself.
  await fleet.submit("held", [image("twice")]);
  await Promise.all([made, makeAll("held")]);
  for (const { startedAt } of [...(await fleet.images("throttled")), ...(await fleet.images("held"))])
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(rest?.until.getTime() ?? Number.NaN);
  expect((await rests()).rowCount).toBe(0);
});

it("takes a person's word for what is in doubt, and no worker's against it", async () => {
  await fleet.submit("doubtful", [image("later")]);
  await expect(
    fleet.resolve("doubtful", { serverId: "later", found: { notStarted: true }, by: "an operator" }),
  ).rejects.toThrow("No image of server later is in doubt");
  await using connection = await connected();
  await connection.query("update aps_fleet.image set state = 'in doubt' where run = 'doubtful'");
  await expect(
    fleet.resolve("doubtful", { serverId: "later", found: { jobId: "one" }, by: "an operator" }),
  ).rejects.toThrow("up to 20 digits");
  await fleet.resolve("doubtful", { serverId: "later", found: { notStarted: true }, by: "an operator" });
  expect(await fleet.images("doubtful")).toMatchObject([{ state: "queued", reason: "an operator found no job." }]);
  await makeAll("doubtful");
  expect(posts("later")).toBe(1);
});

async function connected() {
  const connection = new Connection(database.url);
  await connection.connect();
  return Object.assign(connection, { [Symbol.asyncDispose]: () => connection.end() });
}
