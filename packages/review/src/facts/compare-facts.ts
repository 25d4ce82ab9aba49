import type { Change } from "../change.ts";
import type { Node } from "../document.ts";
import { compareErrorCodes } from "./error-codes.ts";
import { compareJob } from "./job.ts";
import { comparePermissions } from "./permissions.ts";
import { compareRegions } from "./regions.ts";
import { compareStates } from "./states.ts";
import { compareTypeNames } from "./type-names.ts";

/** Compares what `redocly diff` does not look into, or knows no meaning of. */
export function compareFacts(before: Node, after: Node): Change[] {
  return [compareJob, compareErrorCodes, comparePermissions, compareStates, compareRegions, compareTypeNames].flatMap(
    (compare) => compare(before, after),
  );
}

/** Whether a place is one that {@link compareFacts} judges. */
export function isFact(pointer: string): boolean {
  return (
    /\/x-aps-(authorization|preconditions)(\/|$)/.test(pointer) ||
    /^#\/(x-aps-job|x-aps-error-codes|components\/schemas\/[^/]+$|servers\/\d+\/variables\/region)/.test(pointer)
  );
}
