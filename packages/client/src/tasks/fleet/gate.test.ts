import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { expect, it } from "vitest";
import { createVirtualTime } from "../../../test/chaos/virtual-time.ts";
import { virtual, world } from "../../../test/world.ts";
import { createClient } from "../../client.ts";
import { accessKey } from "../../credentials/access-key.ts";
import type { Settings } from "../../settings.ts";
import { createImages } from "./create-images.ts";
import { createGate } from "./gate.ts";
import type { FleetProgress } from "./outcome.ts";

const { signal } = new AbortController();

/** A gate, and when each request that passed it was sent, in seconds. */
function gateInTime() {
  const { now, sleep } = createVirtualTime(0);
  const gate = createGate({ monotonicNow: now, sleep } as Settings);
  const sentAt: number[] = [];
  const pass = (send: () => Promise<unknown> = async () => {}) =>
    gate.pass(() => {
      sentAt.push(now() / 1_000);
      return send();
    }, signal);
  return { gate, pass, sentAt, sleep };
}

it("the first request goes alone, whatever comes of it, and then all others", async () => {
  const { pass, sentAt, sleep } = gateInTime();
  const first = pass(async () => {
    await sleep(7_000);
    throw new Error("refused");
  });
  const others = [pass(), pass(), pass()];
  await expect(first).rejects.toThrow("refused");
  await Promise.all(others);
  expect(sentAt).toEqual([0, 7, 7, 7]);
});

it("throttling of one lane holds all back, longer each time, until a request gets through", async () => {
  const { gate, pass, sentAt } = gateInTime();
  await pass();
  for (let times = 1; times <= 6; times++) {
    gate.slowDown(undefined);
    await Promise.all([
      pass(() => Promise.reject(new Error("throttled"))).catch(() => {}),
      pass(() => Promise.reject(new Error("throttled"))).catch(() => {}),
    ]);
  }
  const seconds = [5, 10, 20, 40, 60, 60].map((_, index, delays) => delays.slice(0, index + 1).reduce((a, b) => a + b));
  expect(sentAt).toEqual([0, ...seconds.flatMap((at) => [at, at])]);
  await pass();
  gate.slowDown(undefined);
  await pass();
  expect(sentAt.slice(-2)).toEqual([195, 200]);
});

it("lanes that are throttled together are slowed down once", async () => {
  const { gate, pass, sentAt } = gateInTime();
  await pass();
  for (let lane = 1; lane <= 10; lane++) gate.slowDown(3_000);
  await pass();
  expect(sentAt).toEqual([0, 5]);
});

it("waits as long as the service asks for", async () => {
  const { gate, pass, sentAt } = gateInTime();
  await pass();
  gate.slowDown(90_000);
  await pass();
  expect(sentAt).toEqual([0, 90]);
});

it("a lane that is held back ends with the signal, and sends nothing", async () => {
  const { now, sleep } = createVirtualTime(0);
  const gate = createGate({ monotonicNow: now, sleep } as Settings);
  const controller = new AbortController();
  gate.slowDown(undefined);
  let isSent = false;
  const held = gate.pass(async () => {
    isSent = true;
  }, controller.signal);
  controller.abort("enough");
  await expect(held).rejects.toBe("enough");
  expect(isSent).toBe(false);
});

it("an image whose request is throttled for longer than a call lasts stays in the queue, and is made", async () => {
  const made = virtual();
  const effect = { type: "answer", status: 429, headers: { "Retry-After": "60" }, body: {} } as const;
  made.emulator.faults.add({ operation: "RecreateServerImage", times: 15, effect });
  const steps: string[] = [];
  const image = { serverId: world.serverId, name: "office" };
  const { outcomes } = await createImages(made.client, [image], { onProgress: ({ step }) => steps.push(step) });
  expect(outcomes).toMatchObject([{ ...image, result: "made" }]);
  expect(steps.filter((step) => step === "throttled").length).toBeGreaterThan(0);
});

it("while one image is throttled, and sent again by itself, no lane begins another", async () => {
  const servers = ["a", "b", "c"].map((id) => ({ id, projectId: world.projectId, name: id }));
  const { now, sleep } = createVirtualTime(Date.UTC(2026, 10, 1));
  const begun = now();
  const emulator = createEmulator({ world: { ...defaultWorld, servers }, jobs: "instant", realNow: now, sleep });
  const effect = { type: "answer", status: 429, headers: { "Retry-After": "60" }, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", from: 2, times: 2, effect });
  const sentAt: Record<string, number> = {};
  const client = createClient({
    endpoint: "http://127.0.0.1:4010",
    projectId: world.projectId,
    credentials: accessKey(world.key),
    now,
    sleep,
    random: () => 0.5,
    fetch: (input, init) => {
      const [, server] = /image-servers\/(\w)/.exec(String(input)) ?? [];
      if (server !== undefined) sentAt[server] ??= (now() - begun) / 1_000;
      return emulator.fetch(input as string, init);
    },
  });
  const steps: string[] = [];
  const onProgress = ({ image, step }: FleetProgress) => step === "throttled" && steps.push(image.name);
  const images = servers.map(({ id }) => ({ serverId: id, name: id }));
  expect((await createImages(client, images, { concurrency: 2, onProgress })).allMade).toBe(true);
  expect(steps).toEqual(["b", "b"]);
  // The lane of the first image is free after 10 s.
  expect(sentAt.b).toBe(0);
  expect(sentAt.c).toBeGreaterThanOrEqual(120);
});
