import { CredentialsError } from "../errors/credentials-error.ts";
import { keystoneCreateUserTokenByPassword as operation } from "../generated/contract.ts";
import type { components } from "../generated/iam.ts";
import { bodyOf } from "../transport/body.ts";
import { refusal } from "../transport/refusal.ts";
import { isPassingStatus } from "../transport/retry.ts";
import { strikeOut } from "../transport/strike-out.ts";
import { ask, type SourceAnswer } from "./ask.ts";
import type { CredentialContext, CredentialSource } from "./credential.ts";
import { type Lease, renewed } from "./renewed.ts";

/** An IAM user. An account that signs in with a HUAWEI ID cannot be used here. */
export interface PasswordOptions {
  /** Name of the account that the user belongs to. */
  readonly domainName: string;
  readonly userName: string;
  readonly password: string;
}

/** 5 minutes. Renewed this long before it expires, so that there is time to get over a failure of IAM. */
const marginMs = 300_000;

/**
 * Obtains a token from IAM with the name and password of an IAM user. The token is cached and renewed 5 minutes before it
 * expires; however many calls wait for it, there is one renewal at a time. While IAM is out of reach, overloaded or slow,
 * the request is repeated as the client repeats a GET, and a token that is still good goes on being used.
 *
 * @throws CredentialsError when a name or the password is empty; at a call, when IAM refuses (at once), or cannot be reached
 *   (`isTransient`).
 */
export function password(options: PasswordOptions): CredentialSource {
  for (const name of ["domainName", "userName", "password"] as const) {
    if (!options[name]) throw new CredentialsError(`password: ${name} is missing or empty.`);
  }
  return renewed(marginMs, (context) => requestToken(options, context));
}

async function requestToken(options: PasswordOptions, context: CredentialContext): Promise<Lease> {
  if (context.iamEndpoint === undefined) {
    throw new CredentialsError(
      "password: the IAM to ask for a token is not known. Give the client a known region, or an iamEndpoint.",
    );
  }
  const url = `${context.iamEndpoint}${operation.path}?nocatalog=true`;
  const asked = await ask(`password: IAM at ${context.iamEndpoint}`, context, url, {
    method: operation.method,
    headers: { "Content-Type": "application/json;charset=utf8" },
    body: JSON.stringify(tokenRequest(options, context)),
  });
  const answer = { ...asked, text: strikeOut(asked.text, [options.password]) };
  const { response } = answer;
  const value = response.headers.get("X-Subject-Token");
  const body = bodyOf(answer.text);
  const token = (body as Partial<components["schemas"]["TokenResponse"]> | null)?.token;
  if (response.status !== 201 || !value || !token) throw refused(options, answer, context);
  // The life of the token is measured on IAM's clock and counted on ours, which may be off.
  const lifeMs = Date.parse(token.expires_at) - Date.parse(token.issued_at);
  return { credential: { type: "token", token: value, projectId: token.project?.id }, lifeMs };
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

function refused(options: PasswordOptions, { response, text }: SourceAnswer, context: CredentialContext) {
  const body = response.ok ? undefined : bodyOf(text);
  const cause = refusal(operation, { response, body }, context.now());
  const user = `user ${options.userName} of account ${options.domainName}`;
  const advice = cause.status === 401 ? " Check name and password, and that the user may sign in by program." : "";
  // A success without a token is the answer of something in between.
  const isTransient = response.ok || isPassingStatus(cause.status);
  return new CredentialsError(`password: no token for ${user}. ${cause.message}${advice}`, { cause, isTransient });
}
