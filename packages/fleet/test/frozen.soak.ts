import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";

const [region] = defaultWorld.projects;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!region || !key) throw new Error("The default world is empty.");
const projects = Array.from({ length: 10 }, (_, index) => ({ ...region, id: `${index}`.repeat(32) }));
const servers = projects.flatMap(({ id: projectId }) =>
  Array.from({ length: 10 }, (_, index) => ({ id: `server-${projectId[0]}-${index}`, projectId, name: "server" })),
);
const images = servers.map(({ id, projectId }) => ({
  ...{ region: region.name, projectId, serverId: id, name: `office-${id}` },
}));
const speed = 50;
const emulator = createEmulator({ world: { projects, servers, users: defaultWorld.users }, speed, jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const client = () => {
  throw new Error("This fleet does not work.");
};
const fleet = openFleet({ databaseUrl: database.url, client });
const workers = new Set<ChildProcess>();

afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

/** @param freezeAt how many images it notes before it stops itself, right before their requests. */
function startWorker(freezeAt: number): ChildProcess {
  const program = join(import.meta.dirname, "freezing-worker.ts");
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      HUAWEICLOUD_SDK_AK: key?.id,
      HUAWEICLOUD_SDK_SK: key?.secret,
      APS_FLEET_DATABASE_URL: database.url,
      APS_ENDPOINT: service.url,
      APS_SPEED: String(speed),
      FREEZE_AT: String(freezeAt),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  workers.add(child);
  child.once("exit", () => workers.delete(child));
  return child;
}

it("a worker that is frozen between its notes and its requests sends none of them when it wakes", async () => {
  await fleet.migrate();
  await fleet.submit("nightly", images);
  const frozen = startWorker(images.length);
  const attempts = async () => (await fleet.images("nightly")).filter(({ state }) => state === "in doubt").length;
  await expect.poll(attempts, { interval: 100 }).toBe(images.length);
  startWorker(0);
  await expect.poll(async () => (await fleet.status("nightly")).hasEnded, { interval: 500 }).toBe(true);
  const jobs = () => projects.reduce((sum, { id }) => sum + (emulator.state.projects.get(id)?.jobs.size ?? 0), 0);
  expect(jobs()).toBe(images.length);
  // Well over an hour of the service's clock after its notes.
  emulator.clock.advance(3_600_000);
  frozen.kill("SIGCONT");
  frozen.kill("SIGTERM");
  await new Promise((resolve) => frozen.once("exit", resolve));
  expect(jobs()).toBe(images.length);
  const made = projects.flatMap(({ id }) => [...(emulator.state.projects.get(id)?.images.values() ?? [])]);
  expect(made.map(({ name }) => name).sort()).toEqual(images.map(({ name }) => name).sort());
});
