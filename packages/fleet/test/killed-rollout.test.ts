import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { noClient, workerEnvironment, worldOf } from "./world.ts";

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The default world has no server group.");
const speed = 100;
const projectId = "1".repeat(32);
const imageId = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const serverIds = ["office-1", "office-2", "office-3"];
const { emulator, image } = worldOf({
  ...{ servers: { 1: ["builder"] }, speed, jobs: "poll" },
  more: {
    serverGroups: [{ ...group, id: "office", name: "office", projectId }],
    appServers: serverIds.map((id) => ({ id, groupId: "office", name: id })),
    // Somebody who works on, past the death of the worker.
    sessions: [{ user: "late", serverId: "office-3", endsAfterMs: 40 * 60_000 }],
    otherImages: [
      { id: group.imageId, projectId, name: "office-before" },
      { id: imageId, projectId, name: "office-after" },
    ],
  },
});
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
const workers: ChildProcess[] = [];

afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

function startWorker(): ChildProcess {
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const env = workerEnvironment(database.url, service.url, speed);
  const worker = spawn(process.execPath, [program, "work", "--take-over", "1"], { env, stdio: "ignore" });
  workers.push(worker);
  return worker;
}

it("a worker is killed as it re-images servers, and another one goes on: each is re-imaged once, and nobody is thrown out", async () => {
  const rollout = { ...image("builder"), serverGroupId: "office", maxUnavailable: 3, canary: 0, approval: false };
  const { region, serverId } = rollout;
  const { serverGroupId, maxUnavailable, canary, approval } = rollout;
  const rollouts = [{ region, projectId, serverId, serverGroupId, maxUnavailable, canary, approval }];
  await fleet.submit("nightly", [image("builder")], { rollouts });
  const tables = openDatabase({ connectionString: database.url }, () => {});
  await tables.change("update aps_fleet.image set state = 'made', image_id = $1", [imageId]);
  await tables.close();
  // The service has done the work, and the worker will never hear of it.
  emulator.faults.add({ operation: "BatchChangeServerImage", effect: { type: "delay", ms: 60_000, afterWork: true } });
  const first = startWorker();
  await expect.poll(reimages, { interval: 5 }).toBeGreaterThan(0);
  first.kill("SIGKILL");
  startWorker();
  const ended = async () => {
    const [{ state, reason } = {}] = await fleet.rollouts("nightly");
    return state === "rolling" ? undefined : { state, reason };
  };
  await expect.poll(ended, { interval: 50 }).toBeDefined();
  expect(await ended()).toEqual({ state: "done", reason: null });
  // The judge is the service and not the fleet.
  const { servers, sessions } = streaming();
  expect([...servers.values()].map((server) => [server.image_id, server.maintain_status])).toEqual(
    serverIds.map(() => [imageId, false]),
  );
  expect(reimages()).toBe(serverIds.length);
  expect([...sessions.values()].map(({ endedBy }) => endedBy)).toEqual(["user"]);
});

function streaming() {
  const project = emulator.state.projects.get(projectId);
  if (project === undefined) throw new Error("The project is gone.");
  return project.streaming;
}

/** How often the service has begun to re-image a server. */
function reimages(): number {
  const jobs = emulator.state.projects.get(projectId)?.jobs.values() ?? [];
  return [...jobs].filter(({ type }) => type === "CHANGE_SERVER_IMAGE").length;
}
