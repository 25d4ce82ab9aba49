import { CredentialsError } from "../errors/credentials-error.ts";
import { iamPaths } from "../generated/contract.ts";
import type { components } from "../generated/iam.ts";
import type { CredentialContext, CredentialSource, TokenCredential } from "./credential.ts";

/** An IAM user. An account that signs in with a HUAWEI ID cannot be used here. */
export interface PasswordOptions {
  /** Name of the account that the user belongs to. */
  readonly domainName: string;
  readonly userName: string;
  readonly password: string;
}

interface CachedToken {
  readonly credential: TokenCredential;
  /** When to renew it, by this machine's clock, in milliseconds since 1970. */
  readonly renewAtMs: number;
}

/** Renewed this long before it expires, so that no call is sent with a token that expires on its way. */
const marginMs = 5 * 60_000;

/**
 * Obtains a token from IAM with the name and password of an IAM user. The token is cached and renewed before it expires;
 * however many calls wait for it, there is one renewal at a time.
 */
export function password(options: PasswordOptions): CredentialSource {
  for (const name of ["domainName", "userName", "password"] as const) {
    if (!options[name]) throw new CredentialsError(`password: ${name} is missing or empty.`);
  }
  let cached: CachedToken | undefined;
  let pending: Promise<CachedToken> | undefined;
  return async (context) => {
    const usable = cached !== undefined && cached.credential !== context.refused && context.now() < cached.renewAtMs;
    if (usable && cached !== undefined) return cached.credential;
    pending ??= requestToken(options, context).finally(() => {
      pending = undefined;
    });
    cached = await pending;
    return cached.credential;
  };
}

async function requestToken(options: PasswordOptions, context: CredentialContext): Promise<CachedToken> {
  const url = `${context.iamEndpoint}${iamPaths.keystoneCreateUserTokenByPassword}?nocatalog=true`;
  let response: Response;
  try {
    response = await context.fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json;charset=utf8" },
      body: JSON.stringify(tokenRequest(options, context)),
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
    });
  } catch (cause) {
    throw new CredentialsError(`password: IAM at ${context.iamEndpoint} could not be reached.`, { cause });
  }
  const token = response.headers.get("X-Subject-Token");
  const body = (await response.json().catch(() => undefined)) as components["schemas"]["TokenResponse"] | undefined;
  if (response.status !== 201 || token === null || body?.token === undefined) {
    throw new CredentialsError(refusal(options, response));
  }
  // The life of the token is measured on IAM's clock and counted on ours, which may be off.
  const life = Date.parse(body.token.expires_at) - Date.parse(body.token.issued_at);
  return {
    credential: { type: "token", token, projectId: body.token.project?.id },
    renewAtMs: context.now() + (Number.isFinite(life) ? life : 0) - marginMs,
  };
}

function tokenRequest(options: PasswordOptions, context: CredentialContext): components["schemas"]["TokenRequest"] {
  const { region, projectId } = context;
  if (projectId === undefined && region === undefined) {
    throw new CredentialsError("password: a token needs a project. Give the client a projectId or a region.");
  }
  return {
    auth: {
      identity: {
        methods: ["password"],
        password: {
          user: { domain: { name: options.domainName }, name: options.userName, password: options.password },
        },
      },
      scope: { project: projectId === undefined ? { name: region as string } : { id: projectId } },
    },
  };
}

function refusal(options: PasswordOptions, response: Response): string {
  const user = `user ${options.userName} of account ${options.domainName}`;
  const trace = response.headers.get("X-IAM-Trace-Id") ?? response.headers.get("X-Request-Id");
  const id = trace === null ? "" : ` Request id: ${trace}.`;
  if (response.status === 401) {
    return `password: IAM does not know ${user}, or the password is wrong, or the user has no programmatic access.${id}`;
  }
  return `password: IAM gave no token for ${user}; it answered with status ${response.status}.${id}`;
}
