import { type Client, type ClientOptions, createClient } from "@workspace-aps/client";
import type { Given } from "../arguments/parse.ts";
import { version } from "../generated/version.ts";
import type { Host } from "../program/host.ts";
import { credentialsOf } from "./credentials.ts";
import { paceOf } from "./pace.ts";
import { targetOf } from "./target.ts";

/**
 * Makes the client that a command works with.
 *
 * @param onEvent told what the client does.
 * @throws UsageError when it is not clear where to send requests, or as whom.
 */
export function connect(given: Given, host: Host, onEvent?: ClientOptions["onEvent"]): Client {
  const target = targetOf(given, host.environment);
  return createClient({
    ...target,
    ...paceOf(host.environment, host.clock),
    credentials: credentialsOf(given, host.environment),
    userAgent: `aps/${version}`,
    onEvent,
  });
}
