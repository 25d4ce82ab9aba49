import type { Given } from "../arguments/parse.ts";

/** Whether a request is to be shown instead of sent. */
export function isDryRun(given: Given): boolean {
  return given.switches.get("dry-run") === true || given.switches.get("curl") === true;
}
