import { afterAll, afterEach, beforeAll } from "vitest";
import { createEmulator, type Emulator } from "../emulator.ts";
import { type EmulatorServer, serve } from "../node/serve.ts";
import type { EmulatorOptions } from "../options.ts";

/** An emulator for the tests of one file. */
export interface TestEmulator {
  /** The emulator itself, to add faults to and to look at. */
  readonly emulator: Emulator;
  /**
   * Base URL.
   *
   * @throws Error before the tests begin.
   */
  readonly url: string;
}

const defect =
  "the emulator has a defect: it gave an answer that breaks the contract, and that the service would not give";

/**
 * Starts an emulator on a free loopback port before the tests of a file, resets it after each test, and stops it after
 * the last. Call it at the top of the file or in a `describe`. A test fails that relied on an answer which breaks the
 * contract.
 */
export function useEmulator(options: EmulatorOptions = {}): TestEmulator {
  const emulator = createEmulator(options);
  let server: EmulatorServer | undefined;
  beforeAll(async () => {
    server = await serve(emulator);
  });
  afterEach(() => {
    const violations = [...emulator.violations];
    emulator.reset();
    if (violations.length > 0) throw new Error(`useEmulator: ${defect}: ${JSON.stringify(violations)}`);
  });
  afterAll(() => server?.close());
  return {
    emulator,
    get url() {
      if (server === undefined) throw new Error("useEmulator: the emulator listens only while tests run.");
      return server.url;
    },
  };
}
