import { type ClientOptions, createClient } from "@workspace-aps/client";
import * as imageService from "@workspace-aps/client/ims";
import * as operations from "@workspace-aps/client/operations";
import type { RequestParts } from "./build.ts";
import { methodOf } from "./method.ts";

/** A request as it would have been sent. */
export interface CapturedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/**
 * Makes the client build, validate and sign a request, and keeps it instead of sending it.
 *
 * @param options those of a client with its `projectId`, which would be looked up otherwise.
 * @param method the name of the client's method.
 * @throws ValidationError when the request breaks a rule of the contract.
 */
export async function captureRequest(
  options: Omit<ClientOptions, "fetch" | "maxAttempts">,
  method: string,
  request: RequestParts,
): Promise<CapturedRequest> {
  let captured: CapturedRequest | undefined;
  const client = createClient({
    operations: { ...operations, ...imageService },
    ...options,
    maxAttempts: 1,
    fetch: async (url, init = {}) => {
      const body = typeof init.body === "string" ? init.body : undefined;
      captured = { method: init.method ?? "GET", url: String(url), headers: new Headers(init.headers), body };
      throw new Error("Not sent.");
    },
  });
  await methodOf(
    client,
    method,
  )(request).catch((error: unknown) => {
    if (captured === undefined) throw error;
  });
  if (captured === undefined) throw new Error(`${method} was not built.`);
  return captured;
}
