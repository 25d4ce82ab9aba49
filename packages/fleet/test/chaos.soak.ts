import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { serve } from "@workspace-aps/emulator/node";
import { expect, it } from "vitest";
import { roundsOf } from "../../../scripts/suite/rounds.ts";
import { seeded } from "../../../scripts/suite/seeded.ts";
import { openFleet } from "../src/index.ts";
import { serverOrSkip } from "./postgres.ts";
import { namesOf, noClient, workerEnvironment, worldOf } from "./world.ts";

/**
 * The client takes a request for lost when nothing is seen of it for 155 s of the service's clock, which are 5 s here: far longer than
 * a machine that is busy keeps one.
 */
const speed = 30;
const servers = Object.fromEntries(
  [1, 2, 3, 4].map((project) => [project, Array.from({ length: 50 }, (_, index) => `server-${project}-${index}`)]),
);
const database = await serverOrSkip();

const seeds = Array.from({ length: roundsOf({ usual: 1, long: 5 }, "soak") }, (_, index) => index + 1);
it.each(seeds)(
  "seed %i: 200 images while workers die beside their requests and the database is killed twice",
  async (seed) => {
    const random = seeded(seed);
    const { emulator, images, made, started } = worldOf({ servers, speed, jobs: "poll" });
    // One POST in eight is carried out and not answered, or not carried out and answered with a fault.
    const effects = [
      { type: "answer", status: 504, body: {}, afterWork: true },
      { type: "cut", afterWork: false },
    ] as const;
    for (const effect of effects)
      emulator.faults.add({ operation: "RecreateServerImage", effect, probability: 1 / 16 });
    const history: string[] = [];
    const onRequest = ({ operationId, path, status, durationMs, at }: Answered) => {
      if (operationId === "RecreateServerImage" || operationId === "ShowImageServer")
        history.push(
          `${new Date().toISOString()} (${at}) ${operationId} ${path} ${status} after ${Math.round(durationMs)} ms`,
        );
    };
    await using service = disposing(await serve(emulator, { onRequest }));
    await using fleet = openFleet({ databaseUrl: database.url, client: noClient });
    await fleet.migrate();
    const run = `nightly-${seed}`;
    await fleet.submit(run, images);

    const workers = new Set<ChildProcess>();
    let deaths = 0;
    let isOver = false;
    const startWorker = () => {
      const env = {
        ...workerEnvironment(database.url, service.url, speed),
        DIE_BEFORE: String(5 + Math.floor(random() * 30)),
        DIE_AFTER: String(5 + Math.floor(random() * 30)),
      };
      const program = join(import.meta.dirname, "dying-worker.ts");
      const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "ignore", "inherit"] });
      workers.add(child);
      child.once("exit", () => {
        workers.delete(child);
        deaths += 1;
        if (!isOver) startWorker();
      });
    };
    for (let index = 0; index < 3; index++) startWorker();
    try {
      const crashes = [40 + Math.floor(random() * 40), 110 + Math.floor(random() * 60)];
      for (const crash of crashes) {
        await expect.poll(started, { interval: 20, timeout: waitMs }).toBeGreaterThanOrEqual(crash);
        await database.crash();
        // One that is in the middle of something else.
        [...workers][Math.floor(random() * workers.size)]?.kill("SIGKILL");
      }
      const ended = () =>
        fleet.status(run).then(
          ({ hasEnded }) => hasEnded,
          () => false,
        );
      await expect.poll(ended, { interval: 500, timeout: waitMs }).toBe(true);
    } finally {
      isOver = true;
      for (const worker of workers) worker.kill("SIGKILL");
    }
    console.log(`seed ${seed}: ${made().length} of ${images.length} made, ${started()} jobs, ${deaths} deaths`);
    // What happened to those that were made twice.
    const twice = made().filter((name, index, all) => all[index - 1] === name);
    for (const name of twice)
      console.log(history.filter((line) => line.includes(`/${name.replace("office-", "")}`)).join("\n"));
    for (const row of await fleet.images(run)) if (twice.includes(row.name)) console.log(JSON.stringify(row));
    expect(made()).toEqual(namesOf(images));
    expect((await fleet.status(run)).counts).toEqual({ made: images.length });
  },
);

type Answered = Parameters<NonNullable<NonNullable<Parameters<typeof serve>[1]>["onRequest"]>>[0];

const waitMs = 20 * 60_000;

function disposing(service: Awaited<ReturnType<typeof serve>>) {
  return Object.assign(service, { [Symbol.asyncDispose]: () => service.close() });
}
