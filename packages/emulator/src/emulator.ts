import { bringUpToDate } from "./bring-up-to-date.ts";
import type { Context } from "./context.ts";
import type { Faults } from "./faults/fault.ts";
import { createFaults } from "./faults/faults.ts";
import { createHandler } from "./handle.ts";
import type { IncomingRequest, RawAnswer } from "./http/message.ts";
import { toIncoming, toResponse } from "./http/web.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { EmulatorOptions } from "./options.ts";
import { createSessions, type Sessions } from "./streaming/by-hand.ts";
import type { Violation } from "./violation.ts";
import { checkWorld } from "./world/check-world.ts";
import { type Clock, createClock } from "./world/clock.ts";
import { defaultWorld } from "./world/default-world.ts";
import { createIds } from "./world/ids.ts";
import { type Rules, rulesOf } from "./world/rules.ts";
import { restore, type Snapshot, takeSnapshot, timeAfter } from "./world/snapshot.ts";
import { createState, type State } from "./world/state.ts";
import { unkindWorld } from "./world/unkind-world.ts";
import type { World } from "./world/world.ts";

/** The service in memory. Each emulator is a world of its own. */
export interface Emulator {
  /** Answers a request as the service would; pass it to any client as its `fetch`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Answers a request that a server has taken apart already. */
  handle(request: IncomingRequest): Promise<RawAnswer>;
  /** Its own clock, on which jobs and tokens age, and which callers see in `Date`. */
  readonly clock: Clock;
  /** What is to go wrong. */
  readonly faults: Faults;
  /** Users who come and go by hand. */
  readonly sessions: Sessions;
  /** How the service behaves where it may be otherwise. */
  readonly rules: Rules;
  /**
   * Changes rules; those that are not named stay.
   *
   * @throws InvalidInput that names the rule and what it can be.
   */
  setRules(change: Partial<Rules>): void;
  /**
   * Everything that it remembers, for a test to look at: the truth, whatever faults let callers see. Reading it brings it
   * up to date with the clock, so that jobs which are due have ended, and requests which were late have arrived.
   */
  readonly state: State;
  /** Everything that it remembers, as JSON, for another emulator to go on from. */
  snapshot(): Snapshot;
  /** The first 100 answers that broke the contract. */
  readonly violations: readonly Violation[];
  /** The last 100 requests to the service and IAM, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Back to its world, also when it went on from a snapshot: servers, jobs, tokens, ids, time, speed, faults and rules,
   * without log.
   */
  reset(): void;
}

/**
 * Makes an emulator.
 *
 * @throws TypeError when the world contradicts itself, or the snapshot is none of this version.
 * @throws RangeError when the speed is not a number from 0.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { snapshot, seed = 1, realNow = Date.now } = options;
  const world = worldOf(options);
  checkWorld(world);
  const clock = createClock({ ...options, ...world.clock });
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
    late: [],
    sessions: createSessions(() => {
      bringUpToDate(context);
      return context.state;
    }, clock.now),
    rules: rulesOf(world.rules),
    requestIds: createIds(snapshot === undefined ? seed + 2 : snapshot.nowMs),
    state,
    reset() {
      clock.reset();
      faultIds = createIds(seed + 1);
      context.requestIds = createIds(seed + 2);
      context.faults.clear();
      context.violations.length = 0;
      context.requests.length = 0;
      context.late.length = 0;
      context.rules = rulesOf(world.rules);
      context.state = createState(world, seed, clock.now());
      addFaults(context, world);
    },
  };
  addFaults(context, world);
  const handle = createHandler(context);
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return abortable(request.signal, toIncoming(request).then(handle).then(toResponse));
    },
    handle,
    clock,
    faults: context.faults,
    sessions: context.sessions,
    get rules() {
      return context.rules;
    },
    setRules(change) {
      context.rules = rulesOf({ ...context.rules, ...change });
    },
    get state() {
      bringUpToDate(context);
      return context.state;
    },
    snapshot() {
      bringUpToDate(context);
      return structuredClone(takeSnapshot(context.state, clock.now(), realNow()));
    },
    violations: context.violations,
    requests: context.requests,
    reset: context.reset,
  };
}

function worldOf({ world = defaultWorld, unkind = false }: EmulatorOptions): World {
  return unkind === false ? world : unkindWorld(world, unkind === true ? 1 : unkind);
}

function addFaults({ faults }: Context, world: World): void {
  for (const fault of world.faults ?? []) faults.add(fault);
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
