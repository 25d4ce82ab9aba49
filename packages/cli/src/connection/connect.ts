import { type Client, type ClientOptions, createClient } from "@workspace-aps/client";
import type { Given } from "../arguments/parse.ts";
import { version } from "../generated/version.ts";
import type { Environment } from "../terminal/streams.ts";
import { credentialsOf } from "./credentials.ts";
import { paceOf } from "./pace.ts";
import { targetOf } from "./target.ts";

/**
 * Makes the client that a command works with.
 *
 * @param onEvent told what the client does.
 * @throws UsageError when it is not clear where to send requests, or as whom.
 */
export function connect(given: Given, environment: Environment, onEvent?: ClientOptions["onEvent"]): Client {
  const target = targetOf(given, environment);
  return createClient({
    ...target,
    ...paceOf(environment),
    credentials: credentialsOf(given, environment),
    userAgent: `aps/${version}`,
    onEvent,
  });
}
