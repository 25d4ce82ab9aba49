import { type Client, createClient } from "@workspace-aps/client";
import type { Given } from "../arguments/parse.ts";
import { version } from "../generated/version.ts";
import type { Environment } from "../terminal/streams.ts";
import { credentialsOf } from "./credentials.ts";
import { paceOf } from "./pace.ts";
import { targetOf } from "./target.ts";

/**
 * Makes the client that a command works with.
 *
 * @throws UsageError when it is not clear where to send requests, or as whom.
 */
export function connect(given: Given, environment: Environment): Client {
  const target = targetOf(given, environment);
  return createClient({
    ...target,
    ...paceOf(environment),
    credentials: credentialsOf(given, environment),
    userAgent: `aps/${version}`,
  });
}
