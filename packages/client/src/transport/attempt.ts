import type { Credential } from "../credentials/credential.ts";
import { ApiError } from "../errors/api-error.ts";
import { ConnectionError, connectionCode } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { contractVersion } from "../generated/contract.ts";
import type { OperationFacts } from "../operation.ts";
import type { Settings } from "../settings.ts";
import { signRequest } from "../sign/sign.ts";
import { keepLongNumbers, parseJson } from "./body.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { unreadable } from "./refusal.ts";

/** One attempt: signed, sent, and read to its end. */
export interface Attempt {
  readonly request: OutgoingRequest;
  readonly credential: Credential | undefined;
  readonly projectId: string | undefined;
  readonly timeoutMs: number;
  /** Milliseconds by which the service's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
}

/** Failures after which the request certainly did not reach the service. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Makes one attempt. The answer's body is read here, within the time of the attempt, so that a connection that breaks in
 * the middle of an answer counts as a failed attempt.
 *
 * @throws ConnectionError, TimeoutError, ApiError for a success that is not JSON, or the reason of the caller's signal.
 */
export async function attempt(settings: Settings, details: Attempt): Promise<Response> {
  const { signal, operation, url, body } = details.request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, details.timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const response = await settings.fetch(url, {
      method: operation.method,
      headers: await headersOf(settings, details),
      ...(body === undefined ? undefined : { body }),
      redirect: "manual",
      signal: controller.signal,
    });
    return readable(operation, response, await response.text());
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ApiError) throw cause;
    if (timedOut) {
      throw new TimeoutError(`${operation.id}: no answer within ${details.timeoutMs} ms.`, details.timeoutMs);
    }
    throw new ConnectionError(operation.id, !neverSent.has(connectionCode(cause) ?? ""), cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

async function headersOf(
  settings: Settings,
  { request, credential, projectId, clockOffsetMs }: Attempt,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = { ...request.headers };
  // A browser names itself, and asks the service for leave to send any other name.
  if (!isBrowser) headers["user-agent"] = userAgent(settings);
  if (request.token !== undefined) headers["x-auth-token"] = request.token;
  else if (credential?.type === "token") headers["x-auth-token"] = credential.token;
  else if (credential?.type === "accessKey") {
    if (projectId !== undefined) headers["x-project-id"] = projectId;
    const signed: Record<string, string> = {};
    for (const name of ["content-type", "x-project-id"]) {
      if (headers[name] !== undefined) signed[name] = headers[name];
    }
    const { url, body, operation } = request;
    const date = new Date(settings.now() + clockOffsetMs);
    Object.assign(
      headers,
      await signRequest({ method: operation.method, url, headers: signed, body }, credential, date),
    );
  }
  return headers;
}

const isBrowser = "document" in globalThis;

function userAgent({ userAgent }: Settings): string {
  return `workspace-aps-client/${contractVersion}${userAgent === undefined ? "" : ` ${userAgent}`}`;
}

/**
 * The answer with its text at hand; the platform's methods would find the body used up. A success is parsed here, so
 * that one that is not JSON fails the attempt.
 */
function readable(operation: OperationFacts, response: Response, text: string): Response {
  let parsed: unknown;
  if (response.ok && text !== "") {
    try {
      parsed = parseJson(text);
    } catch {
      throw unreadable(operation, response, text, "the body is not JSON");
    }
  }
  return Object.assign(response, {
    text: async () => keepLongNumbers(text),
    json: async () => parsed ?? (text === "" && response.ok ? undefined : parseJson(text)),
  });
}
