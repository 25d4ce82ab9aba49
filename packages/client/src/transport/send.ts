import type { Credential, CredentialContext } from "../credentials/credential.ts";
import { tokenCodes } from "../generated/contract.ts";
import type { Settings } from "../settings.ts";
import { attempt } from "./attempt.ts";
import { readErrorBody } from "./body.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { mayRepeat, type Outcome, retryDelayMs } from "./retry.ts";

/** Sends a request with credentials, time limits and retries. */
export type Send = (request: OutgoingRequest, projectId: string | undefined) => Promise<Response>;

/** A signature is refused when its date is more than 15 minutes off; a smaller difference is not the reason. */
const refusedSkewMs = 15 * 60_000;

/** Makes the sender of a client. It remembers by how much the service's clock differs from this machine's. */
export function createSend(settings: Settings): Send {
  let clockOffsetMs = 0;

  return async (request, projectId) => {
    const deadline = settings.now() + (request.totalTimeoutMs ?? settings.totalTimeoutMs);
    for (let number = 1; ; number++) {
      const outcome = await authenticated(number).then(
        (response): Outcome => ({ response }),
        (error: unknown): Outcome => ({ error }),
      );
      request.signal?.throwIfAborted();
      if (number >= settings.maxAttempts || !mayRepeat(request.operation.method, outcome)) return resultOf(outcome);
      const delayMs = retryDelayMs(number, outcome, settings.random(), settings.now());
      if (settings.now() + delayMs >= deadline) return resultOf(outcome);
      settings.onEvent?.({ type: "retry", operationId: request.operation.id, attempt: number, delayMs });
      await settings.sleep(delayMs, request.signal);
    }

    /** One attempt, repeated once when the service says that the token or the date of the signature is too old. */
    async function authenticated(number: number): Promise<Response> {
      const credential = await credentialFor();
      const offsetUsed = clockOffsetMs;
      const response = await observed(number, credential);
      if (response.status !== 401 || credential === undefined) return response;
      if (credential.type === "accessKey") {
        const offset = Date.parse(response.headers.get("Date") ?? "") - settings.now();
        if (!(Math.abs(offset - offsetUsed) >= refusedSkewMs)) return response;
        clockOffsetMs = offset;
        settings.onEvent?.({ type: "renewal", operationId: request.operation.id, reason: "clock" });
        return observed(number, credential);
      }
      if (!(await saysExpired(response))) return response;
      const renewed = await credentialFor(credential);
      if (renewed === undefined || renewed === credential) return response;
      settings.onEvent?.({ type: "renewal", operationId: request.operation.id, reason: "credentials" });
      return observed(number, renewed);
    }

    async function credentialFor(refused?: Credential): Promise<Credential | undefined> {
      if (request.token !== undefined) return undefined;
      return settings.credentials(credentialContext(settings, refused));
    }

    async function observed(number: number, credential: Credential | undefined): Promise<Response> {
      const startedAt = settings.now();
      const timeoutMs = Math.max(1, Math.min(request.timeoutMs ?? settings.timeoutMs, deadline - startedAt));
      settings.onEvent?.({ type: "request", operationId: request.operation.id, attempt: number, url: request.url });
      const response = await attempt(settings, { request, credential, projectId, timeoutMs, clockOffsetMs });
      settings.onEvent?.({
        type: "response",
        operationId: request.operation.id,
        attempt: number,
        status: response.status,
        requestId: response.headers.get("X-Request-Id") ?? undefined,
        durationMs: settings.now() - startedAt,
      });
      return response;
    }
  };
}

function resultOf(outcome: Outcome): Response {
  if ("error" in outcome) throw outcome.error;
  return outcome.response;
}

/** What a credential source of this client is given. */
export function credentialContext(settings: Settings, refused?: Credential): CredentialContext {
  return {
    iamEndpoint: settings.iamEndpoint,
    region: settings.region,
    projectId: settings.projectId,
    fetch: settings.fetch,
    now: settings.now,
    refused,
  };
}

async function saysExpired(response: Response): Promise<boolean> {
  const body = await response.json().catch(() => undefined);
  const { code } = readErrorBody(body);
  return code === undefined || renewsToken(code);
}

/** The former name of the gateway, which some of its answers still bear, is the same code. */
function renewsToken(code: string): boolean {
  return (tokenCodes as readonly string[]).includes(code.replace(/^APIG\./, "APIGW."));
}
