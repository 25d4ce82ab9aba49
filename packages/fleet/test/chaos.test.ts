import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { serverOrSkip } from "./postgres.ts";
import { namesOf, noClient, workerEnvironment, worldOf } from "./world.ts";

/**
 * Only looks go by the clock, since a job takes three of them to its end: slow enough for a machine that is busy to find out what
 * became of a lost request in the time that the client gives itself, which is 10 minutes divided by this.
 */
const speed = 100;
const pace = ["--interval", "1", "--look-again", "2", "--take-over", "1"];
const ids = Array.from({ length: 20 }, (_, index) => `server-${index}`);
const { emulator, images, made, started } = worldOf({ servers: { 1: ids }, speed, jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), serverOrSkip()]);
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
const workers = new Set<ChildProcess>();

afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

function startWorker(): ChildProcess {
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const child = spawn(process.execPath, [program, "work", ...pace], {
    env: workerEnvironment(database.url, service.url, speed),
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr?.on("data", (text) => process.env.DEBUG && console.log(String(text)));
  workers.add(child);
  child.once("exit", () => workers.delete(child));
  return child;
}

/** Resolves when the emulator has been asked to make so many images. */
async function untilStarted(count: number): Promise<void> {
  await expect.poll(started, { interval: 5 }).toBeGreaterThanOrEqual(count);
}

it("workers and the database are killed in the middle, and every image is made once", async () => {
  await fleet.migrate();
  await fleet.submit("nightly", images);
  const [first, second] = [startWorker(), startWorker(), startWorker()];
  await untilStarted(4);
  first?.kill("SIGKILL");
  await untilStarted(8);
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
  expect(made()).toEqual(namesOf(images));
  expect((await fleet.status("nightly")).counts).toEqual({ made: images.length });
});
