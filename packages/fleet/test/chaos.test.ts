import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";

const [project] = defaultWorld.projects;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!project || !key) throw new Error("The default world is empty.");
/**
 * Only looks go by the clock, since a job takes three of them to its end: slow enough for a machine that is busy to find out what
 * became of a lost request in the time that the client gives itself, which is 10 minutes divided by this.
 */
const speed = 100;
const ids = Array.from({ length: 20 }, (_, index) => `server-${index}`);
const place = { region: project.name, projectId: project.id };
const images = ids.map((serverId, index) => ({ ...place, serverId, name: `office-${index}` }));
const servers = ids.map((id) => ({ id, projectId: project.id, name: id }));

const emulator = createEmulator({ world: { ...defaultWorld, servers }, speed, jobs: "poll" });
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

function startWorker(): ChildProcess {
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const child = spawn(process.execPath, [program, "work", "--interval", "1", "--look-again", "2"], {
    env: {
      PATH: process.env.PATH,
      APS_FLEET_DATABASE_URL: database.url,
      APS_ENDPOINT: service.url,
      APS_SPEED: String(speed),
      HUAWEICLOUD_SDK_AK: key?.id,
      HUAWEICLOUD_SDK_SK: key?.secret,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr?.on("data", (text) => process.env.DEBUG && console.log(String(text)));
  workers.add(child);
  child.once("exit", () => workers.delete(child));
  return child;
}

/** Resolves when the emulator has been asked to make so many images. */
async function started(count: number): Promise<void> {
  const posts = () => emulator.requests.filter(({ method }) => method === "POST").length;
  await expect.poll(posts, { interval: 5 }).toBeGreaterThanOrEqual(count);
}

it("workers and the database are killed in the middle, and every image is made once", async () => {
  await fleet.migrate();
  await fleet.submit("nightly", images);
  const [first, second] = [startWorker(), startWorker(), startWorker()];
  await started(4);
  first?.kill("SIGKILL");
  await started(8);
  await database.crash();
  second?.kill("SIGKILL");
  startWorker();
  await expect
    .poll(
      () =>
        fleet.status("nightly").then(
          ({ hasEnded }) => hasEnded,
          () => false,
        ),
      { interval: 200 },
    )
    .toBe(true);
  // The judge is the service and not the fleet.
  const made = [...(emulator.state.projects.get(project.id)?.images.values() ?? [])].map(({ name }) => name);
  expect(made.sort()).toEqual(images.map(({ name }) => name).sort());
  expect((await fleet.status("nightly")).counts).toEqual({ made: images.length });
});
