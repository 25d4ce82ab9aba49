import type { Faults } from "./faults/fault.ts";
import { createFaults } from "./faults/faults.ts";
import { createHandler } from "./handle.ts";
import type { IncomingRequest, RawAnswer } from "./http/message.ts";
import { toIncoming, toResponse } from "./http/web.ts";
import type { EmulatorOptions } from "./options.ts";
import { type Clock, createClock } from "./world/clock.ts";
import { createIds } from "./world/ids.ts";
import { restore } from "./world/snapshot.ts";
import { createState, type State } from "./world/state.ts";
import { defaultWorld } from "./world/world.ts";

/** An answer of the emulator that breaks the contract; a defect of the emulator, not of its caller. */
export interface Violation {
  readonly operationId: string;
  readonly status: number;
  readonly problems: readonly string[];
}

/** A request that the emulator has answered. Holds no header and no body. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
  readonly status: number;
  readonly requestId: string;
}

/** The service in memory. Each emulator is a world of its own. */
export interface Emulator {
  /** Answers a request as the service would; pass it to any client as its `fetch`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Answers a request that a server has taken apart already. */
  handle(request: IncomingRequest): Promise<RawAnswer>;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Everything that it remembers, for a test to look at. */
  readonly state: State;
  /** Answers that broke the contract. */
  readonly violations: readonly Violation[];
  /** The last 100 requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Back to the world that it started with. */
  reset(): void;
}

/** Everything that a request can read and change. */
export interface Context {
  readonly options: EmulatorOptions;
  readonly clock: Clock;
  readonly faults: ReturnType<typeof createFaults>;
  readonly violations: Violation[];
  readonly requests: LoggedRequest[];
  state: State;
  reset(): void;
}

/**
 * Makes an emulator.
 *
 * @throws TypeError when the world contradicts itself.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { snapshot } = options;
  const clock = createClock(snapshot === undefined ? options : { ...options, startMs: snapshot.nowMs });
  const seed = options.seed ?? 1;
  const world = options.world ?? defaultWorld;
  let faultIds = createIds(seed + 1);
  const context: Context = {
    options,
    clock,
    faults: createFaults(() => faultIds.random(), clock.now),
    violations: [],
    requests: [],
    state: snapshot === undefined ? createState(world, seed, clock.now()) : restore(snapshot, world.users),
    reset() {
      clock.reset();
      faultIds = createIds(seed + 1);
      context.faults.clear();
      context.violations.length = 0;
      context.requests.length = 0;
      context.state = createState(world, seed, clock.now());
    },
  };
  const handle = createHandler(context);
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return abortable(request.signal, toIncoming(request).then(handle).then(toResponse));
    },
    handle,
    clock,
    faults: context.faults,
    get state() {
      return context.state;
    },
    violations: context.violations,
    requests: context.requests,
    reset: context.reset,
  };
}

/** Rejects as soon as the caller gives up, as `fetch` does; the work goes on. */
function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
