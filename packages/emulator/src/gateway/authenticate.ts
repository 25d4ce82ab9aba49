import type { IncomingRequest } from "../http/message.ts";
import { gatewayRefusal } from "../http/refusal.ts";
import type { State } from "../world/state.ts";
import type { WorldAccessKey, WorldUser } from "../world/world.ts";
import type { Caller } from "./caller.ts";
import { expectedSignature, readClaim, readSdkDate } from "./signature.ts";

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
  throw unauthorized("Incorrect IAM authentication information: neither X-Auth-Token nor Authorization was sent");
}

function callerOfToken(state: State, token: string, nowMs: number): Caller {
  const found = state.tokens.get(token);
  if (found === undefined) throw unauthorized("Incorrect IAM authentication information: the token is not known");
  if (nowMs >= found.expiresAtMs) throw gatewayRefusal(401, "APIGW.0307", "The token must be updated: it has expired");
  return { user: found.user, projectId: found.projectId ?? noProject };
}

function callerOfSignature(state: State, request: IncomingRequest, authorization: string, realNowMs: number): Caller {
  const claim = readClaim(authorization);
  if (claim === undefined) throw unauthorized("Incorrect IAM authentication information: Authorization is malformed");
  const signedAt = readSdkDate(request.headers["x-sdk-date"]);
  if (signedAt === undefined || !claim.signedHeaders.includes("x-sdk-date")) {
    throw unauthorized("Incorrect IAM authentication information: X-Sdk-Date is missing, malformed or not signed");
  }
  if (Math.abs(signedAt - realNowMs) > skewMs) {
    throw unauthorized("Incorrect IAM authentication information: the signature has expired, check the clock");
  }
  const owner = ownerOf(state, claim.accessKeyId);
  if (owner === undefined) throw unauthorized("Incorrect IAM authentication information: the AK is not known");
  const { user, key } = owner;
  if (key.securityToken !== undefined && request.headers["x-security-token"] !== key.securityToken) {
    throw unauthorized("Incorrect IAM authentication information: X-Security-Token is missing or wrong");
  }
  if (!isSame(expectedSignature(request, claim, key.secret), claim.signature)) {
    throw unauthorized("Incorrect IAM authentication information: verify aksk signature fail");
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

function unauthorized(message: string) {
  return gatewayRefusal(401, "APIGW.0301", message);
}
