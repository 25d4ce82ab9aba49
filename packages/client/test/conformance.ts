// Set-up of every test file: an answer of the emulator that breaks the contract fails the test that provoked it.
import type * as emulators from "@workspace-aps/emulator";
import { afterAll, afterEach, expect, vi } from "vitest";

declare global {
  /** Every emulator that the tests of a file have made. Files share what they load, this place included. */
  var emulatorsMade: emulators.Emulator[] | undefined;
}

globalThis.emulatorsMade ??= [];
const made = globalThis.emulatorsMade;

vi.mock("@workspace-aps/emulator", async (importOriginal) => {
  const original = await importOriginal<typeof emulators>();
  const createEmulator: typeof original.createEmulator = (options) => {
    const emulator = original.createEmulator(options);
    made.push(emulator);
    return emulator;
  };
  return { ...original, createEmulator };
});

afterEach(() => {
  for (const { violations } of made) expect(violations, "answers that break the contract").toEqual([]);
});

afterAll(() => {
  made.length = 0;
});
