import type { Change } from "../change.ts";
import type { Node } from "../document.ts";
import { compareBatches } from "./batches.ts";
import { compareErrorCodes } from "./error-codes.ts";
import { compareJob } from "./job.ts";
import { comparePermissions } from "./permissions.ts";
import { compareRateLimits } from "./rate-limits.ts";
import { compareRegions } from "./regions.ts";
import { compareStates } from "./states.ts";
import { compareTypeNames } from "./type-names.ts";

/** Compares facts that OpenAPI has no field for, and what callers see of the client only. */
export function compareFacts(before: Node, after: Node): Change[] {
  return [
    compareBatches,
    compareJob,
    compareErrorCodes,
    comparePermissions,
    compareStates,
    compareRegions,
    compareRateLimits,
    compareTypeNames,
  ].flatMap((compare) => compare(before, after));
}
