import { accessKey, createClient } from "@workspace-aps/client";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { afterAll, expect, it } from "vitest";
import { openFleet, type Place } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";

const [project] = defaultWorld.projects;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!project || !key) throw new Error("The default world is empty.");
const count = 20;
const speed = 200;
const servers = Array.from({ length: count }, (_, index) => ({
  id: `server-${index}`,
  projectId: project.id,
  name: `server-${index}`,
}));
const images = servers.map(({ id }, index) => ({
  region: project.name,
  projectId: project.id,
  serverId: id,
  name: `office-${index}`,
}));

const emulator = createEmulator({ world: { ...defaultWorld, servers }, speed });
const start = Date.now();
const client = (place: Place) =>
  createClient({
    ...place,
    endpoint: "http://127.0.0.1",
    credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
    fetch: (input, init) => emulator.fetch(input as string, init),
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
  });
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client });
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it("a database without tables is told what to run", async () => {
  await expect(fleet.status("nightly")).rejects.toThrow("Run: aps-fleet migrate");
  expect(await fleet.migrate()).toEqual({ from: 0, to: 1 });
  expect(await fleet.migrate()).toEqual({ from: 1, to: 1 });
});

it("a run is written down once, as a whole or not at all", async () => {
  await expect(fleet.submit("nightly", [...images, { ...images[0], name: "a/b" } as never])).rejects.toThrow(
    /not submitted/,
  );
  await expect(fleet.status("nightly")).rejects.toThrow("There is no run nightly.");
  expect(await fleet.submit("nightly", images, { approval: true })).toEqual({ run: "nightly", added: count });
  expect(await fleet.submit("nightly", images, { approval: true })).toEqual({ run: "nightly", added: 0 });
  await expect(fleet.submit("nightly", images.slice(1))).rejects.toThrow(/there with other images/);
  expect((await fleet.status("nightly")).counts).toEqual({ waiting: count });
});

it("workers make every image of an approved run, once", async () => {
  const ends = new AbortController();
  const problems: unknown[] = [];
  const options = {
    signal: ends.signal,
    sweepIntervalMs: 500,
    lookIntervalMs: 500,
    pollIntervalMs: 500,
    onProblem: (e: unknown) => problems.push(e),
  };
  const workers = [fleet.work(options), fleet.work(options)];
  await fleet.approve("nightly", { by: "an operator" });
  const seen = await Array.fromAsync(fleet.watch("nightly", { intervalMs: 100 }));
  expect(seen.at(-1)).toMatchObject({ counts: { made: count }, hasEnded: true, approvedBy: "an operator" });
  ends.abort();
  await Promise.all(workers);
  expect(problems).toEqual([]);
  const made = [...(emulator.state.projects.get(project.id)?.images.values() ?? [])].map(({ name }) => name);
  expect(made.sort()).toEqual(images.map(({ name }) => name).sort());
  expect((await fleet.images("nightly")).every(({ imageId }) => imageId)).toBe(true);
});
