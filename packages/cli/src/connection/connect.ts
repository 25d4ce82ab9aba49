import {
  type ClientOptions,
  createClient,
  type FullClient,
  isLoopback,
  usualTotalTimeoutMs,
} from "@workspace-aps/client";
import * as imageService from "@workspace-aps/client/ims";
import * as operations from "@workspace-aps/client/operations";
import { version } from "../generated/version.ts";
import { traceFetch } from "../log/trace-fetch.ts";
import { watchRequests } from "../log/watch-requests.ts";
import type { Context } from "../program/context.ts";
import { credentialsOf } from "./credentials.ts";
import { networkOf } from "./network.ts";
import { faster } from "./pace.ts";
import { speedOf, speedVariable } from "./speed.ts";
import { targetOf } from "./target.ts";

/**
 * Makes the client that a command works with, and tells in the log what it does.
 *
 * @param onEvent told what the client does as well.
 * @throws UsageError when it is not clear where to send requests, as whom, or how.
 */
export function connect(context: Context, onEvent?: ClientOptions["onEvent"]): FullClient {
  const { settings, host, log } = context;
  const target = targetOf(settings);
  const { fetch, timeoutMs, maxAttempts } = networkOf(settings, host);
  const watch = watchRequests(log, host.clock, maxAttempts);
  const speed = speedFor(context, target.endpoint);
  context.watch = watch;
  return createClient({
    operations: { ...operations, ...imageService },
    ...target,
    ...faster(host.clock, speed),
    // A request takes its time on this machine, however fast jobs go.
    ...(speed === 1 ? {} : { totalTimeoutMs: usualTotalTimeoutMs * speed }),
    credentials: credentialsOf(context),
    fetch: log.options.level === "debug" ? traceFetch(fetch, log, host.clock) : fetch,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    maxAttempts,
    userAgent: `aps/${version}`,
    onEvent: (event) => {
      watch.onEvent(event);
      onEvent?.(event);
    },
  });
}

/** A speed that was left in the shell must not shorten the waits for the real service. */
function speedFor({ host, log, given, info }: Context, endpoint: string | undefined): number {
  const speed = speedOf(host.environment);
  if (speed === 1) return 1;
  if (!isLoopback(endpoint)) {
    log.note(`${speedVariable}=${speed} is for an emulator on this machine, so it does not hold here.`);
    return 1;
  }
  const waits = given.switches.get("wait") === true || given.texts.has("from") || info.words.endsWith(" wait");
  if (waits) log.note(`Times are divided by ${speed} (${speedVariable}).`);
  return speed;
}
