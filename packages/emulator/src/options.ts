import type { JobPace } from "./jobs/pace.ts";
import type { Snapshot } from "./world/snapshot.ts";
import type { World } from "./world/world.ts";

/** How an emulator is set up. Every option has a default. */
export interface EmulatorOptions {
  /** What it starts with. Default: the world of the documentation, see `defaultWorld`. */
  readonly world?: World;
  /** Makes ids, tokens and faults with a probability repeatable. Default: 1. */
  readonly seed?: number;
  /**
   * Adds an unkind world to `world`: lagging and incomplete views, lost, late and repeated requests, throttling, a clock
   * of its own. How unkind in what is drawn from this number; `true` is 1. Default: false, a kind world.
   */
  readonly unkind?: boolean | number;
  /** How many times faster than real time its clock runs. Default: 1. */
  readonly speed?: number;
  /** How jobs go on: with the clock, a step at every look, or at once. Default: `clock`. */
  readonly jobs?: JobPace;
  /** Goes on from here instead of beginning with the world. The users and their keys still come from the world. */
  readonly snapshot?: Snapshot;
  /** Told after every request that changed something, before the request is answered. */
  readonly onChange?: (snapshot: Snapshot) => void;
  /** Where its clock begins, in milliseconds since 1970, unless there is a snapshot. Default: the real time. */
  readonly startMs?: number;
  /** The real time, in milliseconds since 1970, against which signatures are held. Default: `Date.now`. */
  readonly realNow?: () => number;
  /** Waits for a fault that delays. Default: a timer. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** OpenAPI documents by the names that they have under `/__emulator/`, each made when it is asked for. Default: none. */
  readonly documents?: Readonly<Record<string, () => object>>;
}
