import type { Credential } from "../credentials/credential.ts";
import { ApsError } from "../errors/aps-error.ts";
import { ConnectionError, mayHaveReached } from "../errors/connection-error.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { contractVersion } from "../generated/contract.ts";
import type { Settings } from "../settings.ts";
import { signRequest } from "../sign/sign.ts";
import { type Answer, readAnswer } from "./answer.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { within } from "./within.ts";

/** One attempt: signed, sent, and read to its end. */
export interface Attempt {
  readonly request: OutgoingRequest;
  readonly credential: Credential | undefined;
  readonly projectId: string | undefined;
  /** Time for the attempt, in milliseconds. */
  readonly limitMs: number;
  /** Milliseconds by which the service's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
}

/**
 * Makes one attempt. The answer's body is read here, within the time of the attempt, so that a connection that breaks in
 * the middle of an answer counts as a failed attempt.
 *
 * @throws ConnectionError, TimeoutError, ApiError for a success that is none, CredentialsError for a credential that
 *   cannot be used, or the reason of the caller's signal.
 */
export async function attempt(settings: Settings, details: Attempt): Promise<Answer> {
  const { limitMs, request } = details;
  const { operation, url, body } = request;
  const { signal } = request.limits;
  const headers = await headersOf(settings, details);
  const init: RequestInit = { method: operation.method, headers, redirect: "manual" };
  if (body !== undefined) init.body = body;
  const late = () => {
    throw new TimeoutError(`${operation.id}: no answer within ${limitMs} ms.`, limitMs, { operationId: operation.id });
  };
  try {
    return await within(limitMs, signal, late, async (ending) => {
      init.signal = ending;
      const response = await settings.fetch(url, init);
      return readAnswer(operation, response, await response.text());
    });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ApsError) throw cause;
    throw new ConnectionError(operation.id, mayHaveReached(cause), cause);
  }
}

async function headersOf(
  settings: Settings,
  { request, credential, projectId, clockOffsetMs }: Attempt,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = { ...request.headers };
  // A browser names itself, and asks the service for leave to send any other name.
  if (!isBrowser) headers["user-agent"] = userAgent(settings);
  if (request.token !== undefined) headers["x-auth-token"] = sendable("token", request.token);
  else if (credential?.type === "token") headers["x-auth-token"] = sendable("token", credential.token);
  else if (credential !== undefined) {
    sendable("access key id", credential.accessKeyId);
    if (credential.securityToken !== undefined) sendable("security token", credential.securityToken);
    if (projectId !== undefined) headers["x-project-id"] = projectId;
    const signed: Record<string, string> = {};
    for (const name of ["content-type", "x-project-id"]) {
      if (headers[name] !== undefined) signed[name] = headers[name];
    }
    const { url, body, operation } = request;
    const date = new Date(settings.now() + clockOffsetMs);
    const signature = await signRequest({ method: operation.method, url, headers: signed, body }, credential, date);
    for (const name in signature) headers[name.toLowerCase()] = signature[name] as string;
  }
  return headers;
}

/** Checked here, because `fetch` would show the whole value in its error. */
function sendable(what: string, value: string): string {
  if (/^[ -~]+$/.test(value)) return value;
  throw new CredentialsError(`The ${what} is empty, or cannot be sent in a header: it may hold a line break.`);
}

/** A page or a worker of a browser; `document` and `importScripts` exist nowhere else. */
const isBrowser = "document" in globalThis || "importScripts" in globalThis;

function userAgent({ userAgent }: Settings): string {
  return `workspace-aps-client/${contractVersion}${userAgent === undefined ? "" : ` ${userAgent}`}`;
}
