import type { IncomingRequest } from "../http/message.ts";
import { gatewayRefusal, Refusal } from "../http/refusal.ts";
import type { Rules } from "../world/rules.ts";
import type { State } from "../world/state.ts";
import type { WorldAccessKey, WorldUser } from "../world/world.ts";
import type { Caller } from "./caller.ts";
import { explainSignature } from "./explain-signature.ts";
import { isLocked, noteSignature } from "./key-lock.ts";
import { algorithm, canonicalParts, isDigestTrue, readClaim, readSdkDate, signatureOf } from "./signature.ts";

/** The scope of a token of the whole account, which opens no project. */
const noProject = "";

/** A signature must not be older or newer than this. */
const toleranceMs = 15 * 60_000;

/** What credentials are held against. */
interface Against {
  /** The emulator's clock. */
  readonly nowMs: number;
  /**
   * The time of a caller whose own clock is right but for the emulator's skew. It is another one only where the emulator's
   * clock has been sped up or moved, which no service does: a signature by it is as good.
   */
  readonly callersMs: number;
  readonly rules: Rules;
}

/**
 * Finds out who has sent a request: by the token in X-Auth-Token, or by the signature in Authorization.
 *
 * @throws Refusal 401 in the words of the gateway.
 */
export function authenticate(state: State, request: IncomingRequest, against: Against): Caller {
  const token = request.headers["x-auth-token"];
  if (token) return callerOfToken(state, token, against.nowMs);
  const authorization = request.headers.authorization;
  if (authorization) return callerOfSignature(state, request, authorization, against);
  throw unauthorized("neither X-Auth-Token nor Authorization was sent");
}

function callerOfToken(state: State, token: string, nowMs: number): Caller {
  const found = state.tokens.get(token);
  if (found === undefined) throw unauthorized("the token is not known");
  if (nowMs >= found.expiresAtMs) throw gatewayRefusal(401, "APIGW.0307", "The token must be updated: it has expired");
  return { user: found.user, projectId: found.projectId ?? noProject };
}

function callerOfSignature(state: State, request: IncomingRequest, authorization: string, against: Against): Caller {
  const { headers } = request;
  const claim = readClaim(authorization);
  if (claim === undefined) throw unauthorized(`Authorization is not a signature of ${algorithm}`);
  const date = headers["x-sdk-date"] ?? "";
  const signedAt = readSdkDate(date);
  if (signedAt === undefined || !claim.signedHeaders.includes("x-sdk-date")) {
    throw unauthorized("X-Sdk-Date is missing, malformed or not signed");
  }
  const { nowMs, callersMs, rules } = against;
  if ([nowMs, callersMs].every((ms) => Math.abs(signedAt - ms) > toleranceMs)) {
    const now = new Date(nowMs).toISOString();
    throw unauthorized(`the signature has expired: it is of ${date}, and here it is ${now}; check the clock`);
  }
  const owner = ownerOf(state, claim.accessKeyId);
  if (owner === undefined) throw unauthorized("the AK is not known");
  const { user, key } = owner;
  if (rules.lockKeys && isLocked(state, key.id, nowMs))
    throw unauthorized("the AK is blocked for a while, after too many wrong signatures in a row");
  if ((headers["x-security-token"] || undefined) !== key.securityToken) {
    const whose = key.securityToken === undefined ? "not of this AK, which is permanent" : "missing or wrong";
    throw unauthorized(`X-Security-Token is ${whose}`);
  }
  if (!isDigestTrue(request)) throw unauthorized("X-Sdk-Content-Sha256 is not the digest of the body");
  const parts = canonicalParts(request, claim);
  const isRight = isSame(signatureOf(parts, date, key.secret), claim.signature);
  noteSignature(state, { keyId: key.id, isRight, nowMs });
  if (!isRight) {
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
