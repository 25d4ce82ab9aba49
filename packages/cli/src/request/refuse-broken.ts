import { ValidationError } from "@workspace-aps/client";
import type { RequestParts } from "./build.ts";
import type { AnyMethod } from "./method.ts";

/**
 * Holds a request against the contract and sends nothing, so that what breaks a rule is told before anything is looked at
 * or anybody is asked.
 *
 * @throws ValidationError
 */
export async function refuseBroken(method: AnyMethod, request: RequestParts): Promise<void> {
  await method(request, { signal: AbortSignal.abort() }).catch((error: unknown) => {
    if (error instanceof ValidationError) throw error;
  });
}
