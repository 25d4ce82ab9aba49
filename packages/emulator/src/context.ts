import type { ArmedFaults } from "./faults/armed.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { EmulatorOptions } from "./options.ts";
import type { Sessions } from "./streaming/by-hand.ts";
import type { Violation } from "./violation.ts";
import type { Clock } from "./world/clock.ts";
import type { Ids } from "./world/ids.ts";
import type { Rules } from "./world/rules.ts";
import type { State } from "./world/state.ts";

/** Everything that a request can read and change. */
export interface Context {
  readonly options: EmulatorOptions;
  /** The real time, in milliseconds since 1970. */
  readonly realNow: () => number;
  readonly clock: Clock;
  readonly faults: ArmedFaults;
  readonly violations: Violation[];
  readonly requests: LoggedRequest[];
  /** Requests that have been kept on their way and arrive later. */
  readonly late: LateRequest[];
  readonly sessions: Sessions;
  rules: Rules;
  /** Apart from the ids of what is made, which must not depend on how often somebody has looked. */
  requestIds: Ids;
  state: State;
  reset(): void;
}

/** A request that arrives when nobody waits for its answer any more. */
export interface LateRequest {
  /** When it arrives, on the emulator's clock. */
  readonly dueMs: number;
  /** Does its work, as at this time. */
  arrive(nowMs: number): void;
}
