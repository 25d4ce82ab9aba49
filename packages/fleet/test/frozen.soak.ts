import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { namesOf, noClient, workerEnvironment, worldOf } from "./world.ts";

const servers = Object.fromEntries(
  Array.from({ length: 10 }, (_, project) => [
    project,
    Array.from({ length: 10 }, (_, index) => `server-${project}-${index}`),
  ]),
);
const speed = 50;
const { emulator, images, made, started: jobs } = worldOf({ servers, speed, jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
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
    env: { ...workerEnvironment(database.url, service.url, speed), FREEZE_AT: String(freezeAt) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  workers.add(child);
  child.once("exit", () => workers.delete(child));
  return child;
}

it("a worker that is frozen between its notes and its requests sends none of them when it wakes", async () => {
  await fleet.submit("nightly", images);
  const frozen = startWorker(images.length);
  const attempts = async () => (await fleet.images("nightly")).filter(({ state }) => state === "in doubt").length;
  await expect.poll(attempts, { interval: 100 }).toBe(images.length);
  startWorker(0);
  await expect.poll(async () => (await fleet.status("nightly")).hasEnded, { interval: 500 }).toBe(true);
  expect(jobs()).toBe(images.length);
  // Well over an hour of the service's clock after its notes.
  emulator.clock.advance(3_600_000);
  frozen.kill("SIGCONT");
  frozen.kill("SIGTERM");
  await new Promise((resolve) => frozen.once("exit", resolve));
  expect(jobs()).toBe(images.length);
  expect(made()).toEqual(namesOf(images));
});
