import { ask, type SourceAnswer } from "../credentials/ask.ts";
import type { CredentialContext, CredentialSource } from "../credentials/credential.ts";
import { keyOf } from "../credentials/key-parts.ts";
import { type Lease, renewed } from "../credentials/renewed.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { bodyOf } from "../transport/body.ts";
import { isPassingStatus } from "../transport/retry.ts";
import { directFetch } from "./direct-fetch.ts";

/** How to ask the metadata service. */
export interface MetadataOptions {
  /** Base URL of the metadata service. Default: `http://169.254.169.254`. */
  readonly endpoint?: string | undefined;
  /** Time for one request, in milliseconds. Default: 3,000. */
  readonly timeoutMs?: number | undefined;
}

/** The vendor's SDKs renew when fewer than 40 minutes remain. */
const marginMs = 40 * 60_000;
const tokenLifeSeconds = 21_600;
/** A service without tokens is not asked for one again for a day. */
const tokenlessMs = 24 * 3_600_000;
/** Answers that mean: this metadata service has no tokens. */
const tokenless = new Set([404, 405, 503]);

/**
 * Obtains temporary keys from the metadata service of a cloud server (ECS) that has an agency. They are cached and
 * renewed 40 minutes before they expire. The service is asked directly, never through a proxy. Takes the token step of newer
 * metadata services where there is one. A service that is overloaded, or no longer answers after it has given keys, is asked
 * again as the client repeats a GET, and keys that are still good go on being used.
 *
 * @throws CredentialsError when there is no metadata service or no agency; `isTransient` when it may answer later.
 */
export function fromMetadata(options: MetadataOptions = {}): CredentialSource {
  const { endpoint = "http://169.254.169.254", timeoutMs = 3_000 } = options;
  let hasGiven = false;
  let token: string | undefined;
  let tokenlessUntilMs = 0;

  return renewed(marginMs, async (context) => {
    if (token === undefined && context.now() >= tokenlessUntilMs) token = await requestToken(context);
    let answer = await readKey(context);
    if (answer.response.status === 401) {
      token = await requestToken(context);
      if (token !== undefined) answer = await readKey(context);
    }
    const { status } = answer.response;
    if (status !== 200) throw refused("no agency on this server, or it gives no keys", status);
    const lease = leaseOf(bodyOf(answer.text), context.now());
    if (lease === undefined)
      throw new CredentialsError("Metadata: the answer holds no keys.", { isTransient: hasGiven });
    hasGiven = true;
    return lease;
  });

  async function requestToken(context: CredentialContext): Promise<string | undefined> {
    const headers = { "X-Metadata-Token-Ttl-Seconds": String(tokenLifeSeconds) };
    const { response, text } = await askService(context, "/meta-data/latest/api/token", { method: "PUT", headers });
    const { status } = response;
    // What is not a token would be shown by the error of a request that is sent with it.
    if (status === 200 && /^[!-~]+$/.test(text.trim())) return text.trim();
    if (!tokenless.has(status)) throw refused("the service gave no token to ask with", status);
    tokenlessUntilMs = context.now() + tokenlessMs;
    return undefined;
  }

  function readKey(context: CredentialContext): Promise<SourceAnswer> {
    const headers: Record<string, string> = token === undefined ? {} : { "X-Metadata-Token": token };
    return askService(context, "/openstack/latest/securitykey", { headers });
  }

  async function askService(context: CredentialContext, path: string, init: RequestInit): Promise<SourceAnswer> {
    try {
      return await ask(
        "Metadata: the service",
        { ...context, fetch: directFetch },
        `${endpoint}${path}`,
        init,
        timeoutMs,
      );
    } catch (error) {
      if (hasGiven) throw error;
      // A machine that is no cloud server is told at once.
      throw new CredentialsError("Metadata: there is no metadata service here.", { cause: error, isAbsent: true });
    }
  }
}

function refused(problem: string, status: number): CredentialsError {
  const isTransient = isPassingStatus(status);
  return new CredentialsError(`Metadata: ${problem} (status ${status}).`, { isTransient, isAbsent: !isTransient });
}

function leaseOf(body: unknown, nowMs: number): Lease | undefined {
  const credential = (body as { credential?: Record<string, string> } | null | undefined)?.credential;
  const { access, secret, securitytoken, expires_at: expiresAt } = credential ?? {};
  if (!access || !secret || !securitytoken) return undefined;
  const key = keyOf("Metadata", {
    accessKeyId: { name: "access", value: access },
    secretAccessKey: { name: "secret", value: secret },
    securityToken: { name: "securitytoken", value: securitytoken },
  });
  return { credential: key, lifeMs: Date.parse(expiresAt ?? "") - nowMs };
}
