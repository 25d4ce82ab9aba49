import type { Context } from "./context.ts";
import { takeSnapshot } from "./world/snapshot.ts";

/** Tells whoever keeps the state that it has changed. */
export function keep({ options, state, clock, realNow }: Context): void {
  options.onChange?.(takeSnapshot(state, clock.now(), realNow()));
}
