// Set-up of every test file: an answer that breaks the contract fails the test that provoked it.
import { afterEach, expect, vi } from "vitest";
import type * as emulators from "../src/emulator.ts";

/** Every emulator that the tests of a file have made. */
export const made: emulators.Emulator[] = [];

vi.mock("../src/emulator.ts", async (importOriginal) => {
  const original = await importOriginal<typeof emulators>();
  const createEmulator: typeof original.createEmulator = (options) => {
    const emulator = original.createEmulator(options);
    const { reset } = emulator;
    made.push(emulator);
    return Object.assign(emulator, {
      reset() {
        check(emulator);
        reset();
      },
    });
  };
  return { ...original, createEmulator };
});

afterEach(() => {
  for (const emulator of made) check(emulator);
});

function check(emulator: emulators.Emulator): void {
  expect(emulator.violations, "answers that break the contract").toEqual([]);
}
