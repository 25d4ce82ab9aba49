import type { Route } from "../http/route.ts";
import type { Faults } from "./fault.ts";
import type { Hit } from "./hit.ts";

/** A call, as far as faults have to know it. */
export interface FaultedCall {
  readonly route: Route;
  /** Whether the call is about what has this id. */
  isAbout(resource: string): boolean;
}

/** Faults that can be asked what hits a call. */
export interface ArmedFaults extends Faults {
  /** What hits a call; each fault is used up by one. Of those that decide the answer, the first. */
  take(call: FaultedCall): readonly Hit[];
}
