import type { Faults } from "./faults/fault.ts";
import { createFaults } from "./faults/faults.ts";
import { createHandler } from "./handle.ts";
import type { IncomingRequest, RawAnswer } from "./http/message.ts";
import { toIncoming, toResponse } from "./http/web.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { EmulatorOptions } from "./options.ts";
import { checkWorld } from "./world/check-world.ts";
import { type Clock, createClock } from "./world/clock.ts";
import { createIds, type Ids } from "./world/ids.ts";
import { restore, type Snapshot, takeSnapshot, timeAfter } from "./world/snapshot.ts";
import { createState, type State } from "./world/state.ts";
import { defaultWorld } from "./world/world.ts";

/** An answer of the emulator that breaks the contract; a defect of the emulator, not of its caller. */
export interface Violation {
  readonly operationId: string;
  readonly status: number;
  /** The rules that it breaks, in words that name the field. */
  readonly problems: readonly string[];
}

/** The service in memory. Each emulator is a world of its own. */
export interface Emulator {
  /** Answers a request as the service would; pass it to any client as its `fetch`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Answers a request that a server has taken apart already. */
  handle(request: IncomingRequest): Promise<RawAnswer>;
  /** Its own clock, on which jobs and tokens age. */
  readonly clock: Clock;
  /** What is to go wrong. */
  readonly faults: Faults;
  /** Everything that it remembers, for a test to look at. */
  readonly state: State;
  /** Everything that it remembers, as JSON, for another emulator to go on from. */
  snapshot(): Snapshot;
  /** The first 100 answers that broke the contract. */
  readonly violations: readonly Violation[];
  /** The last 100 requests to the service and IAM, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Back to its world, also when it went on from a snapshot: servers, jobs, tokens, ids, time and speed, without faults
   * and log.
   */
  reset(): void;
}

/** Everything that a request can read and change. */
export interface Context {
  readonly options: EmulatorOptions;
  /** The real time, in milliseconds since 1970. */
  readonly realNow: () => number;
  readonly clock: Clock;
  readonly faults: ReturnType<typeof createFaults>;
  readonly violations: Violation[];
  readonly requests: LoggedRequest[];
  /** Apart from the ids of what is made, which must not depend on how often somebody has looked. */
  requestIds: Ids;
  state: State;
  reset(): void;
}

/**
 * Makes an emulator.
 *
 * @throws TypeError when the world contradicts itself, or the snapshot is none of this version.
 * @throws RangeError when the speed is not a number from 0.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { snapshot, seed = 1, world = defaultWorld, realNow = Date.now } = options;
  checkWorld(world);
  const clock = createClock(options);
  const state = snapshot === undefined ? createState(world, seed, clock.now()) : restore(snapshot, world.users);
  if (snapshot !== undefined) clock.set(timeAfter(snapshot, realNow(), clock.speed));
  let faultIds = createIds(seed + 1);
  const context: Context = {
    options,
    realNow,
    clock,
    faults: createFaults(() => faultIds.random(), clock.now),
    violations: [],
    requests: [],
    requestIds: createIds(snapshot === undefined ? seed + 2 : snapshot.nowMs),
    state,
    reset() {
      clock.reset();
      faultIds = createIds(seed + 1);
      context.requestIds = createIds(seed + 2);
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
    snapshot: () => structuredClone(takeSnapshot(context.state, clock.now(), realNow())),
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
