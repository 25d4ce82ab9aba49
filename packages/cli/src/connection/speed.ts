import { UsageError } from "../arguments/usage-error.ts";
import type { Environment } from "../terminal/streams.ts";

/** The variable that says how much faster than real time to wait. */
export const speedVariable = "APS_SPEED";

/**
 * How many times faster than real time to wait, for a sped-up emulator; 1 where the variable is not set.
 *
 * @throws UsageError when the speed is not a number of at least 1.
 */
export function speedOf(environment: Environment): number {
  const text = environment[speedVariable];
  if (text === undefined || text === "") return 1;
  const speed = Number(text);
  if (!(speed >= 1))
    throw new UsageError(`${speedVariable} must be a number of at least 1; given was ${JSON.stringify(text)}.`);
  return speed;
}
