import type { IncomingRequest } from "../http/message.ts";
import { gatewayRefusal, Refusal } from "../http/refusal.ts";
import type { State } from "../world/state.ts";
import type { WorldAccessKey, WorldUser } from "../world/world.ts";
import type { Caller } from "./caller.ts";
import { explainSignature } from "./explain-signature.ts";
import { algorithm, canonicalParts, isDigestTrue, readClaim, readSdkDate, signatureOf } from "./signature.ts";

/** The scope of a token of the whole account, which opens no project. */
const noProject = "";

/** A signature must not be older or newer than this, by the real time. */
const skewMs = 15 * 60_000;

/**
 * Finds out who has sent a request: by the token in X-Auth-Token, or by the signature in Authorization.
 *
 * @param nowMs the emulator's clock, on which tokens expire.
 * @param realNowMs the real time, against which signatures are held: the clock may run faster.
 * @throws Refusal 401 in the words of the gateway.
 */
export function authenticate(state: State, request: IncomingRequest, nowMs: number, realNowMs: number): Caller {
  const token = request.headers["x-auth-token"];
  if (token) return callerOfToken(state, token, nowMs);
  const authorization = request.headers.authorization;
  if (authorization) return callerOfSignature(state, request, authorization, realNowMs);
  throw unauthorized("neither X-Auth-Token nor Authorization was sent");
}

function callerOfToken(state: State, token: string, nowMs: number): Caller {
  const found = state.tokens.get(token);
  if (found === undefined) throw unauthorized("the token is not known");
  if (nowMs >= found.expiresAtMs) throw gatewayRefusal(401, "APIGW.0307", "The token must be updated: it has expired");
  return { user: found.user, projectId: found.projectId ?? noProject };
}

function callerOfSignature(state: State, request: IncomingRequest, authorization: string, realNowMs: number): Caller {
  const { headers } = request;
  const claim = readClaim(authorization);
  if (claim === undefined) throw unauthorized(`Authorization is not a signature of ${algorithm}`);
  const date = headers["x-sdk-date"] ?? "";
  const signedAt = readSdkDate(date);
  if (signedAt === undefined || !claim.signedHeaders.includes("x-sdk-date")) {
    throw unauthorized("X-Sdk-Date is missing, malformed or not signed");
  }
  if (Math.abs(signedAt - realNowMs) > skewMs) {
    const now = new Date(realNowMs).toISOString();
    throw unauthorized(`the signature has expired: it is of ${date}, and here it is ${now}; check the clock`);
  }
  const owner = ownerOf(state, claim.accessKeyId);
  if (owner === undefined) throw unauthorized("the AK is not known");
  const { user, key } = owner;
  if (key.securityToken !== undefined && headers["x-security-token"] !== key.securityToken) {
    throw unauthorized("X-Security-Token is missing or wrong");
  }
  if (!isDigestTrue(request)) throw unauthorized("X-Sdk-Content-Sha256 is not the digest of the body");
  const parts = canonicalParts(request, claim);
  if (!isSame(signatureOf(parts, date, key.secret), claim.signature)) {
    const { answer } = unauthorized("verify aksk signature fail");
    throw new Refusal({ ...answer, signature: explainSignature(parts, claim, { date, secret: key.secret }) });
  }
  return { user, projectId: undefined };
}

function ownerOf(state: State, accessKeyId: string): { user: WorldUser; key: WorldAccessKey } | undefined {
  for (const user of state.users) {
    const key = user.accessKeys?.find(({ id }) => id === accessKeyId);
    if (key !== undefined) return { user, key };
  }
  return undefined;
}

/** Compares without telling by its time where two texts differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

function unauthorized(reason: string): Refusal {
  return gatewayRefusal(401, "APIGW.0301", `Incorrect IAM authentication information: ${reason}`);
}
