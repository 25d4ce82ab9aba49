import { expect, it } from "vitest";
import { createVirtualTime } from "../../../test/chaos/virtual-time.ts";
import { virtual, world } from "../../../test/world.ts";
import type { Settings } from "../../settings.ts";
import { createImages } from "./create-images.ts";
import { createGate } from "./gate.ts";

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
