import type { Credential } from "../credentials/credential.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { tokenCodes } from "../generated/contract.ts";
import type { Operation } from "../operation.ts";
import { type Settings, watching } from "../settings.ts";
import type { Answer } from "./answer.ts";
import { attempt } from "./attempt.ts";
import { readErrorBody } from "./body.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { isThrottled, mayRepeat, type Outcome, reasonOf, retryDelayMs } from "./retry.ts";
import type { ServiceClock } from "./service-clock.ts";
import { within } from "./within.ts";

/** Sends a request with credentials, time limits and retries. */
export type Send = (request: OutgoingRequest, projectId: string | undefined) => Promise<Answer>;

/**
 * A signature is refused when its date is more than 15 minutes off; a smaller difference is not the reason. The header
 * `Date` has no fraction, and an answer takes its time, so that one minute less is seen as that.
 */
const refusedSkewMs = 14 * 60_000;

/** Makes the sender of a client. */
export function createSend(settings: Settings, clock: ServiceClock): Send {
  const { credentials, maxAttempts, monotonicNow, onEvent } = settings;
  const answered = new Set<string>();
  let lastObtained: string | undefined;

  return async (request, projectId) => {
    const { operation } = request;
    const { signal, timeoutMs = settings.timeoutMs, totalTimeoutMs = settings.totalTimeoutMs } = request.limits;
    const deadline = monotonicNow() + totalTimeoutMs;
    for (let number = 1; ; number++) {
      let outcome: Outcome;
      try {
        outcome = { answer: await authenticated(number) };
        if (outcome.answer?.response.ok) return outcome.answer;
      } catch (error) {
        outcome = { error };
      }
      signal?.throwIfAborted();
      // Throttling has its own limit, which no number of attempts knows: the time of the call.
      if ((number < maxAttempts || isThrottled(outcome)) && mayRepeat(operation.method, outcome)) {
        const delayMs = retryDelayMs(number, outcome, settings.random(), clock.now());
        if (monotonicNow() + delayMs < deadline) {
          if (isThrottled(outcome)) watching(request.limits.onThrottled)?.(delayMs);
          onEvent?.({ type: "retry", operationId: operation.id, attempt: number, delayMs, reason: reasonOf(outcome) });
          await settings.sleep(delayMs, signal);
          // A wait may take longer than it should; what is known says more than a time-out.
          if (monotonicNow() < deadline) continue;
        }
      }
      if (outcome.answer === undefined) throw outcome.error;
      return outcome.answer;
    }

    /** One attempt, repeated once when the service says that the credential or the date of the signature is too old. */
    async function authenticated(number: number): Promise<Answer> {
      const given = request.token === undefined ? credentialFor() : undefined;
      const credential = given instanceof Promise ? await given : given;
      const offsetUsed = clock.offsetMs;
      const answer = await send(number, credential);
      if (answer.response.status !== 401 || credential === undefined) return answer;
      if (credential.type === "accessKey" && Math.abs(clock.offsetMs - offsetUsed) >= refusedSkewMs) {
        onEvent?.({ type: "renewal", operationId: operation.id, reason: "clock", durationMs: 0 });
        return send(number, credential);
      }
      if (!saysExpired(answer)) return answer;
      const renewed = await credentialFor(credential);
      return secretOf(renewed) === secretOf(credential) ? answer : send(number, renewed);
    }

    function send(number: number, credential: Credential | undefined): Promise<Answer> {
      const limitMs = Math.max(1, Math.min(timeoutMs, deadline - monotonicNow()));
      return attempt(settings, { request, credential, projectId, number, limitMs, clock, answered });
    }

    function credentialFor(refused?: Credential): Credential | Promise<Credential> {
      // Nobody would wait for a credential, and its failure would be nobody's.
      signal?.throwIfAborted();
      const given = credentials(refused === undefined ? settings : { ...settings, refused });
      return "then" in given ? obtained(given) : given;
    }

    /** Waits for a source of credentials, which may take longer than this call has time for, and go on for others. */
    async function obtained(given: Promise<Credential>): Promise<Credential> {
      const startedAt = monotonicNow();
      const limitMs = Math.max(1, deadline - startedAt);
      const credential = await within(limitMs, signal, notSent(operation, "credentials", limitMs), () => given);
      const secret = secretOf(credential);
      if (secret !== lastObtained) {
        lastObtained = secret;
        const durationMs = monotonicNow() - startedAt;
        onEvent?.({ type: "renewal", operationId: operation.id, reason: "credentials", durationMs });
      }
      return credential;
    }
  };
}

/** Ends a call for which something was not at hand in time. */
export function notSent({ id }: Operation, what: string, limitMs: number): () => never {
  return () => {
    throw new CredentialsError(`${id} was not sent: no ${what} within ${limitMs} ms.`, { isTransient: true });
  };
}

/** Tells credentials apart. */
function secretOf(credential: Credential): string {
  if (credential.type === "token") return credential.token;
  return [credential.accessKeyId, credential.secretAccessKey, credential.securityToken].join("\n");
}

/** Whether a new credential may help. A gateway that names no code leaves that open. */
function saysExpired({ body }: Answer): boolean {
  const { code } = readErrorBody(body);
  // The former name of the gateway, which some of its answers still bear, is the same code.
  return code === undefined || (tokenCodes as readonly string[]).includes(code.replace(/^APIG\./, "APIGW."));
}
