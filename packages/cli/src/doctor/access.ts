import { once } from "node:events";
import {
  ApiError,
  type Credential,
  type FullClient,
  isLoopback,
  type KeyCredential,
  ValidationError,
} from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import { credentialsOf, idOf, originOf } from "../connection/credentials.ts";
import { networkOf } from "../connection/network.ts";
import { describeAny } from "../failure/report.ts";
import { commands } from "../generated/commands.ts";
import { permissions } from "../generated/permissions.ts";
import { operationsOf } from "../policy/operations.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { methodOf } from "../request/method.ts";
import type { Finding } from "./finding.ts";
import { ownerOf } from "./owner.ts";

/** A clock that is further away is corrected by the client; one that is much further is a fault of the machine. */
const skewedMs = 60_000;

/** Looks at what is elsewhere: keys and whose they are, the clock, IAM, the service, permissions. */
export async function* checkAccess(context: Context, client: FullClient, wanted?: string): AsyncIterable<Finding> {
  const credential = await keys(context, client);
  yield credential.finding;
  yield* clock(context, client);
  if (credential.found === undefined) return;
  const { signal } = context.interruption;
  yield await tried(
    context,
    "project",
    async () => `${await client.projectId({ signal })} at ${client.settings.endpoint}`,
  );
  if (credential.found.type === "accessKey") yield await owner(context, client, credential.found);
  yield await tried(context, "service", async () => {
    const { count } = await client.listImageServers({ query: { limit: 1 } }, { signal });
    return `answers; ${count} image servers`;
  });
  if (wanted !== undefined) yield* allowed(context, client, wanted);
}

async function keys(context: Context, client: FullClient): Promise<{ finding: Finding; found?: Credential }> {
  const { settings, host, interruption } = context;
  const { signal } = interruption;
  try {
    signal.throwIfAborted();
    // A source of credentials takes no signal, and may wait for a machine that does not answer.
    const interrupted = once(signal, "abort").then(() => signal.throwIfAborted() as never);
    const found = await Promise.race([credentialsOf(context)(client.settings), interrupted]);
    const says = `${idOf(found)}, from ${originOf(found, settings, host.environment)}`;
    return { finding: { check: "keys", result: "ok", says }, found };
  } catch (error) {
    signal.throwIfAborted();
    return { finding: await wrong(context, "keys", error) };
  }
}

/** The service's time is in the header of any answer, also of a refusal. */
async function* clock(context: Context, client: FullClient): AsyncIterable<Finding> {
  const { fetch } = networkOf(context.settings, context.host);
  const { endpoint } = client.settings;
  const signal = AbortSignal.any([context.interruption.signal, AbortSignal.timeout(client.settings.timeoutMs)]);
  try {
    const startedAt = context.host.clock.now();
    const response = await fetch(`${endpoint}/`, { signal, redirect: "manual" });
    await response.arrayBuffer();
    const tookMs = context.host.clock.now() - startedAt;
    yield { check: "endpoint", result: "ok", says: `${endpoint} answers within ${formatDuration(tookMs)}` };
    // An emulator has a clock of its own.
    if (isLoopback(endpoint)) return;
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    const skewMs = startedAt + tookMs / 2 - date;
    const says = `${formatDuration(Math.abs(skewMs))} ${skewMs < 0 ? "behind" : "ahead of"} the service`;
    if (Math.abs(skewMs) < skewedMs) yield { check: "clock", result: "ok", says };
    else
      yield {
        check: "clock",
        result: "warning",
        says: `${says}; requests are corrected by its time`,
        cure: "Set the clock of this machine, as with an NTP service.",
      };
  } catch (error) {
    context.interruption.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    yield {
      check: "endpoint",
      result: "wrong",
      says: `${endpoint} is not reached: ${reason}`,
      cure: "See aps help proxy; or check --region and --endpoint.",
      exitCode: exitCode.tryAgain,
    };
  }
}

/** Whose the keys are, as IAM says. Not every key may ask, which is no fault. */
async function owner(context: Context, client: FullClient, key: KeyCredential): Promise<Finding> {
  try {
    const says = await ownerOf(context, client, key);
    return { check: "owner", result: "ok", says };
  } catch (error) {
    context.interruption.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { check: "owner", result: "warning", says: `IAM does not say whose the key is: ${reason}` };
  }
}

/** What a command needs. What only reads is tried with a request that changes nothing. */
async function* allowed(context: Context, client: FullClient, wanted: string): AsyncIterable<Finding> {
  for (const operationId of operationsOf(wanted)) {
    const { action = "unknown" } = permissions[operationId] ?? {};
    const command = commands.find((one) => one.operationId === operationId);
    const takesIds = (command?.positionals.length ?? 0) > 0;
    if (command === undefined || !command.readsOnly) {
      yield { check: "permission", result: "ok", says: `${operationId} needs ${action}; it shows when it is sent` };
      continue;
    }
    try {
      // An id that nobody has: whoever may look is told that there is none.
      const path = Object.fromEntries(command.positionals.map(({ at }) => [at[1] ?? "", "000000000000000000"]));
      const query = command.pagesBy !== undefined ? { limit: 1, ...filtersOf(command) } : filtersOf(command);
      await methodOf(client, command.method)(
        { path: takesIds ? path : {}, query },
        { signal: context.interruption.signal },
      );
      yield { check: "permission", result: "ok", says: `${operationId} is allowed (${action})` };
    } catch (error) {
      context.interruption.signal.throwIfAborted();
      if (error instanceof ApiError && error.status === 404)
        yield { check: "permission", result: "ok", says: `${operationId} is allowed (${action})` };
      // What cannot be asked without more than is known here.
      else if (error instanceof ValidationError)
        yield { check: "permission", result: "ok", says: `${operationId} needs ${action}; it shows when it is sent` };
      else yield await wrong(context, "permission", error);
    }
  }
}

function filtersOf({ flags }: { flags: (typeof commands)[number]["flags"] }): Record<string, unknown> {
  const usual = flags.filter(({ at, usual }) => at[0] === "query" && usual !== undefined);
  return Object.fromEntries(usual.map(({ at, usual }) => [at[1] ?? "", usual]));
}

async function tried(context: Context, check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, result: "ok", says: await look() };
  } catch (error) {
    context.interruption.signal.throwIfAborted();
    return wrong(context, check, error);
  }
}

async function wrong(context: Context, check: string, error: unknown): Promise<Finding> {
  const { message, help, exitCode: code } = await describeAny(error, { context });
  const cure = help.find((line) => !line.endsWith("aps doctor"));
  return { check, result: "wrong", says: message, cure, exitCode: code };
}
