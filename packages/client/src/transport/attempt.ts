import type { Credential } from "../credentials/credential.ts";
import { ApsError } from "../errors/aps-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { NotSentError } from "../errors/not-sent-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { contractVersion } from "../generated/contract.ts";
import type { Settings } from "../settings.ts";
import type { Digest } from "../sign/digest.ts";
import type { Answer } from "./answer.ts";
import { addCredential } from "./credential-headers.ts";
import { mayHaveReached } from "./fetch-failure.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { readAnswer } from "./read-answer.ts";
import type { ServiceClock } from "./service-clock.ts";
import { secretsIn, strikeOut } from "./strike-out.ts";
import { within } from "./within.ts";

/** One attempt: signed, sent, and read to its end. */
export interface Attempt {
  readonly request: OutgoingRequest;
  readonly credential: Credential | undefined;
  readonly projectId: string | undefined;
  /** Which attempt of the call it is, from 1. */
  readonly number: number;
  /** Time for the attempt, in milliseconds. */
  readonly limitMs: number;
  readonly clock: ServiceClock;
  /** The hosts that have answered this client. */
  readonly answered: Set<string>;
}

/**
 * Makes one attempt, and tells of it. The answer's body is read here, within the time of the attempt, so that a connection
 * that breaks in the middle of an answer counts as a failed attempt.
 *
 * @throws ConnectionError, TimeoutError, ApiError for a success that is none, CredentialsError for a credential that
 *   cannot be used, or the reason of the caller's signal.
 */
export function attempt(settings: Settings, details: Attempt): Promise<Answer> {
  const { request, number, limitMs, clock, answered } = details;
  const { operation, url, body, limits } = request;
  const { monotonicNow: now, onEvent } = settings;
  const startedAt = now();
  const { beforeSend } = operation.method === "GET" ? {} : limits;
  let isHeld = beforeSend !== undefined;
  let isOpen = false;
  const told = {
    operationId: operation.id,
    attempt: number,
    method: operation.method,
    url,
    template: operation.isUnlisted ? undefined : operation.path,
  };
  const late = () => {
    if (isHeld) throw new NotSentError(operation.id, `it did not end within ${limitMs} ms`);
    throw new TimeoutError(`${operation.id}: no answer within ${limitMs} ms.`, limitMs, { operationId: operation.id });
  };
  const answer = within(limitMs, limits.signal, late, async (signal) => {
    const headers: Record<string, string> = { ...request.headers };
    const authorization = addSender(headers, settings, details);
    if (authorization !== undefined) {
      // What is at hand is not waited for, which would cost a turn.
      headers.authorization = typeof authorization === "string" ? authorization : await authorization;
    }
    const init: RequestInit = { method: operation.method, headers, redirect: "manual", signal };
    // What was true a minute ago may be the reason for a second image.
    if (operation.method === "GET") init.cache = "no-store";
    if (body !== undefined) init.body = body;
    if (beforeSend !== undefined) {
      await ask(operation.id, beforeSend);
      signal.throwIfAborted();
      isHeld = false;
    }
    isOpen = true;
    onEvent?.({ type: "request", ...told });
    try {
      const response = await settings.fetch(url, init);
      const text = strikeOut(await response.text(), secretsIn(headers));
      clock.learn(response.headers);
      answered.add(hostOf(url));
      const { status } = response;
      const requestId = response.headers.get("X-Request-Id") ?? undefined;
      if (isOpen) onEvent?.({ type: "response", ...told, status, requestId, durationMs: now() - startedAt });
      isOpen = false;
      return readAnswer(operation, response, text);
    } catch (cause) {
      if (cause instanceof ApsError) throw cause;
      throw new ConnectionError(operation.id, mayHaveReached(cause), cause, { hasAnswered: answered.has(hostOf(url)) });
    }
  });
  if (onEvent === undefined) return answer;
  return answer.catch((error) => {
    const reason = error instanceof Error ? error.name : "unknown";
    if (isOpen) onEvent({ type: "failure", ...told, reason, durationMs: now() - startedAt });
    isOpen = false;
    throw error;
  });
}

function hostOf(url: string): string {
  const end = url.indexOf("/", "https://".length);
  return end === -1 ? url : url.slice(0, end);
}

async function ask(operationId: string, beforeSend: () => void | Promise<void>): Promise<void> {
  try {
    await beforeSend();
  } catch (cause) {
    throw new NotSentError(operationId, cause);
  }
}

/** Adds what says who sends a request, all but the header `Authorization`, which it returns where there is one. */
function addSender(
  headers: Record<string, string>,
  { userAgent }: Settings,
  { request, credential, projectId, clock }: Attempt,
): Digest | undefined {
  // A browser names itself, and asks the service for leave to send any other name.
  if (!isBrowser()) {
    const ownName = `workspace-aps-client/${contractVersion}`;
    headers["user-agent"] = userAgent === undefined ? ownName : `${ownName} ${userAgent}`;
  }
  if (projectId !== undefined && credential?.type === "accessKey") headers["x-project-id"] = projectId;
  return addCredential(headers, request, credential, clock.now());
}

/** A page or a worker of a browser; `document` and `importScripts` exist nowhere else. */
function isBrowser(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}
