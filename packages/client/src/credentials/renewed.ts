import { ApiError } from "../errors/api-error.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { retryDelayMs } from "../transport/retry.ts";
import type { Credential, CredentialContext, CredentialSource } from "./credential.ts";

/** A credential that is good for a time. */
export interface Lease {
  readonly credential: Credential;
  /** How long it is good from now on, in milliseconds. NaN when nobody says: then until the service refuses it. */
  readonly lifeMs: number;
}

interface Kept {
  credential?: Credential;
  /** From when on to renew it, while it is still used, in milliseconds since 1970. */
  renewAtMs: number;
  /** From when on it is no longer used. */
  expiresAtMs: number;
  pending?: Promise<Credential> | undefined;
}

/**
 * The least time between two renewals ahead of time, so that a source that fails, or gives what is nearly used up, is left
 * in peace.
 */
const leastMs = 60_000;

/**
 * Makes a source of credentials that expire. However many calls wait, there is one renewal at a time, which belongs to none
 * of them: the end of one call does not end it for the others. Close to its end a credential is renewed beside the calls,
 * which go on with the old one while it lasts; whether that renewal fails is nobody's concern until then.
 *
 * One source may serve several clients: credentials are kept by IAM and project.
 *
 * @param marginMs how long before its end a credential is renewed; half of its life, if that is less.
 * @param obtain obtains a new one. Repeated after a transient {@link CredentialsError}, as the client repeats a GET.
 */
export function renewed(marginMs: number, obtain: (context: CredentialContext) => Promise<Lease>): CredentialSource {
  const all = new Map<string, Kept>();

  return (context) => {
    const kept = keptFor(context);
    const now = context.now();
    const { credential } = kept;
    if (credential === undefined || credential === context.refused || now >= kept.expiresAtMs) {
      kept.pending ??= renew(kept, context);
      return kept.pending;
    }
    if (now >= kept.renewAtMs && kept.pending === undefined) {
      kept.renewAtMs = now + leastMs;
      kept.pending = renew(kept, context);
      kept.pending.catch(() => {});
    }
    return credential;
  };

  function keptFor({ iamEndpoint, projectId, region }: CredentialContext): Kept {
    const scope = `${iamEndpoint} ${projectId} ${region}`;
    let kept = all.get(scope);
    if (kept === undefined) {
      kept = { renewAtMs: 0, expiresAtMs: 0 };
      all.set(scope, kept);
    }
    return kept;
  }

  async function renew(kept: Kept, context: CredentialContext): Promise<Credential> {
    try {
      const { credential, lifeMs } = await repeated(context, obtain);
      const now = context.now();
      // A clock that is off may say that what was just given has expired.
      const life = Number.isNaN(lifeMs) ? Number.POSITIVE_INFINITY : Math.max(lifeMs, leastMs);
      kept.credential = credential;
      kept.expiresAtMs = now + life;
      kept.renewAtMs = now + Math.max(leastMs, life - Math.min(marginMs, life / 2));
      return credential;
    } finally {
      kept.pending = undefined;
    }
  }
}

async function repeated(context: CredentialContext, obtain: (context: CredentialContext) => Promise<Lease>) {
  const {
    maxAttempts = 1,
    now,
    monotonicNow = now,
    onEvent,
    random = Math.random,
    sleep,
    totalTimeoutMs = 0,
  } = context;
  const deadline = monotonicNow() + totalTimeoutMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await obtain(context);
    } catch (error) {
      const mayRepeat = error instanceof CredentialsError && error.isTransient && attempt < maxAttempts;
      if (!mayRepeat) throw error;
      const refusal = error.cause instanceof ApiError ? error.cause : undefined;
      const delayMs = (refusal?.retryAfterMs ?? 0) + retryDelayMs(attempt, {}, random(), now());
      if (sleep === undefined || monotonicNow() + delayMs >= deadline) throw error;
      const { operationId = "credentials" } = refusal ?? {};
      const reason = refusal === undefined ? error.name : `status ${refusal.status}`;
      onEvent?.({ type: "retry", operationId, attempt, delayMs, reason });
      await sleep(delayMs);
    }
  }
}
