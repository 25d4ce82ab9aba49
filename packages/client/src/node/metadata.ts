import type { CredentialSource, KeyCredential } from "../credentials/credential.ts";
import { CredentialsError } from "../errors/credentials-error.ts";

export interface MetadataOptions {
  /** Base URL of the metadata service. Default: `http://169.254.169.254`. */
  readonly endpoint?: string | undefined;
  /** Time for one request, in milliseconds. Default: 3,000. */
  readonly timeoutMs?: number | undefined;
}

interface CachedKey {
  readonly credential: KeyCredential;
  readonly renewAtMs: number;
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
 * renewed 40 minutes before they expire. Takes the token step of newer metadata services where there is one.
 *
 * @throws CredentialsError when there is no metadata service or no agency.
 */
export function fromMetadata(options: MetadataOptions = {}): CredentialSource {
  const endpoint = options.endpoint ?? "http://169.254.169.254";
  const timeoutMs = options.timeoutMs ?? 3_000;
  let cached: CachedKey | undefined;
  let pending: Promise<CachedKey> | undefined;
  let token: string | undefined;
  let tokenlessUntilMs = 0;

  return async ({ fetch, now, refused }) => {
    if (cached !== undefined && cached.credential !== refused && now() < cached.renewAtMs) return cached.credential;
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    cached = await pending;
    return cached.credential;

    async function renew(): Promise<CachedKey> {
      if (token === undefined && now() >= tokenlessUntilMs) token = await requestToken();
      let response = await readKey();
      if (response.status === 401 && token !== undefined) {
        token = await requestToken();
        response = await readKey();
      }
      if (response.status !== 200) {
        throw new CredentialsError(
          `Metadata: no agency on this server, or it gives no keys (status ${response.status}).`,
        );
      }
      return keyOf(await response.json().catch(() => undefined));
    }

    async function requestToken(): Promise<string | undefined> {
      const headers = { "X-Metadata-Token-Ttl-Seconds": String(tokenLifeSeconds) };
      const response = await ask("/meta-data/latest/api/token", { method: "PUT", headers });
      if (response.status === 200) return response.text();
      if (!tokenless.has(response.status)) {
        throw new CredentialsError(`Metadata: the token step answered with status ${response.status}.`);
      }
      tokenlessUntilMs = now() + tokenlessMs;
      return undefined;
    }

    function readKey(): Promise<Response> {
      return ask(
        "/openstack/latest/securitykey",
        token === undefined ? {} : { headers: { "X-Metadata-Token": token } },
      );
    }

    async function ask(path: string, init: RequestInit): Promise<Response> {
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        return await fetch(`${endpoint}${path}`, { ...init, redirect: "manual", signal });
      } catch (cause) {
        throw new CredentialsError("Metadata: there is no metadata service here.", { cause });
      }
    }
  };
}

function keyOf(body: unknown): CachedKey {
  const credential = (body as { credential?: Record<string, string> } | undefined)?.credential;
  const { access, secret, securitytoken, expires_at: expiresAt } = credential ?? {};
  if (!access || !secret || !securitytoken) throw new CredentialsError("Metadata: the answer holds no keys.");
  return {
    credential: { type: "accessKey", accessKeyId: access, secretAccessKey: secret, securityToken: securitytoken },
    renewAtMs: Date.parse(expiresAt ?? "") - marginMs || 0,
  };
}
