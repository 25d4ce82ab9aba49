// Set-up of every test file: an answer that breaks the contract fails the test that provoked it.
import { afterAll, afterEach, expect, vi } from "vitest";
import type * as emulators from "../src/emulator.ts";

declare global {
  /** Every emulator that the tests of a file have made. Files share what they load, this place included. */
  var emulatorsMade: emulators.Emulator[] | undefined;
}

globalThis.emulatorsMade ??= [];
export const made = globalThis.emulatorsMade;

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

afterAll(() => {
  made.length = 0;
});

function check(emulator: emulators.Emulator): void {
  expect(emulator.violations, "answers that break the contract").toEqual([]);
}
