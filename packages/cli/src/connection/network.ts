import { nodeFetch } from "@workspace-aps/client/node";
import { parseDuration } from "../arguments/duration.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Host } from "../program/host.ts";
import { numberOf, type Settings } from "../settings/settings.ts";

/** How requests are sent. */
export interface Network {
  readonly fetch: typeof globalThis.fetch;
  /** Time for one answer, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** How often a request is sent at most. */
  readonly maxAttempts: number;
}

const usualRetries = 4;

/**
 * Reads how requests are sent: through which proxy, trusting which certificates, for how long and how often.
 *
 * @throws UsageError when a value is none, or the file of certificates cannot be read.
 */
export function networkOf(settings: Settings, { environment, locate }: Host): Network {
  const proxy = settings.read("proxy");
  if (proxy?.from === "--proxy" && proxy.value.includes("@"))
    throw new UsageError(
      "--proxy must not contain a user name or password: every user of a machine sees the options of every program. Put it into HTTPS_PROXY or into a profile.",
    );
  const ca = settings.read("ca-file");
  const timeout = settings.read("request-timeout");
  const retries = numberOf(settings.read("retries"), { least: 0, most: 20 }) ?? usualRetries;
  return {
    fetch: orUsage(() =>
      nodeFetch({
        proxy: proxy === undefined ? undefined : proxy.value === "none" ? false : proxy.value,
        ca: ca === undefined ? undefined : locate(ca.value),
        names: {
          proxy: proxy?.from ?? "--proxy",
          // Never into an option, which every user of a machine sees.
          login: proxy?.from === "--proxy" ? "APS_PROXY or a profile" : (proxy?.from ?? "APS_PROXY"),
          ca: ca?.from ?? "--ca-file",
        },
        environment,
      }),
    ),
    timeoutMs: timeout === undefined ? undefined : parseDuration(timeout.value, timeout.from),
    maxAttempts: retries + 1,
  };
}

function orUsage<Value>(make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}
