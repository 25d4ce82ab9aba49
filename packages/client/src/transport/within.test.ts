import { expect, it } from "vitest";
import { sleepOnTimer } from "./within.ts";

it("a time that is over is waited for without a warning of the platform", async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on("warning", note);
  await sleepOnTimer(-5);
  await new Promise(setImmediate);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

it("a signal that many wait for has one listener, which tells them all, and none when nobody waits", async () => {
  const { signal, reason, abort } = stoppable();
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: EventListener) => {
    listeners.add(listener);
    add(type, listener);
  };
  signal.removeEventListener = (type: string, listener: EventListener) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  await Promise.all([sleepOnTimer(0, signal), sleepOnTimer(1, signal)]);
  expect(listeners.size).toBe(0);
  const waits = Array.from({ length: 100 }, () => sleepOnTimer(60_000, signal));
  expect(listeners.size).toBe(1);
  abort();
  for (const { reason: told } of (await Promise.allSettled(waits)) as PromiseRejectedResult[])
    expect(told).toBe(reason);
  expect(listeners.size).toBe(0);
});

function stoppable() {
  const controller = new AbortController();
  const reason = new Error("enough");
  return { signal: controller.signal, reason, abort: () => controller.abort(reason) };
}
