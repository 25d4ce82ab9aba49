import { answerAdmin, isAdmin } from "./admin/admin.ts";
import { answerRequest } from "./answer.ts";
import type { Context } from "./emulator.ts";
import type { FaultEffect } from "./faults/fault.ts";
import type { Answer, IncomingRequest, RawAnswer } from "./http/message.ts";
import { findRoute } from "./http/router.ts";
import { answerProblems } from "./http/validate.ts";
import { takeSnapshot } from "./world/snapshot.ts";

const mostLogged = 100;
const mostViolations = 100;

/** Makes the function that answers requests: faults around the true answer, and a check of it against the contract. */
export function createHandler(context: Context): (request: IncomingRequest) => Promise<RawAnswer> {
  return async (request) => {
    if (isAdmin(request)) return finish(context, request, answerAdmin(context, request));
    const match = findRoute(request.method, request.path);
    const route = typeof match === "string" ? undefined : match.route;
    const effects = route === undefined ? [] : context.faults.take(route.operationId);
    if (effects.length === 0) return finish(context, request, checked(context, request));

    for (const effect of effects) if (!isAfterWork(effect)) await delay(context, effect);
    const throttle = effects.find((effect) => effect.type === "throttle");
    if (throttle !== undefined) return finish(context, request, throttled(throttle.requests, throttle.perSeconds));
    const instead = effects.find((effect) => (effect.type === "answer" || effect.type === "cut") && !effect.afterWork);
    if (instead !== undefined) return finish(context, request, replaced(instead), instead);

    const job = effects.find((effect) => effect.type === "job");
    const answer = checked(context, request, job?.fate);
    for (const effect of effects) if (isAfterWork(effect)) await delay(context, effect);
    const spoiled = effects.find((effect) => effect.type !== "job" && effect.type !== "delay");
    if (spoiled?.type === "answer") return finish(context, request, replaced(spoiled));
    return finish(context, request, answer, spoiled);
  };
}

function checked(context: Context, request: IncomingRequest, fate?: Parameters<typeof answerRequest>[2]): Answer {
  const { answer, route } = answerRequest(context, request, fate);
  const { onChange } = context.options;
  // Only what changed something is kept: everything but a GET, and nothing that was refused.
  if (onChange !== undefined && request.method !== "GET" && answer.status < 300) {
    onChange(takeSnapshot(context.state, context.clock.now()));
  }
  if (route === undefined) return answer;
  const problems = answerProblems(route, answer.status, answer.body);
  if (problems.length > 0 && context.violations.length < mostViolations) {
    context.violations.push({ operationId: route.operationId, status: answer.status, problems });
  }
  return answer;
}

function isAfterWork(effect: FaultEffect): boolean {
  return "afterWork" in effect && effect.afterWork === true;
}

async function delay({ options }: Context, effect: FaultEffect): Promise<void> {
  if (effect.type !== "delay") return;
  await (options.sleep ?? sleepOnTimer)(effect.ms);
}

function sleepOnTimer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The gateway's answer to a caller who is too fast. */
function throttled(requests: number, perSeconds: number): Answer {
  const message = `The throttling threshold has been reached: limit:${requests},time:${perSeconds} second`;
  return { status: 429, body: { error_msg: message, error_code: "APIGW.0308" } };
}

function replaced(effect: FaultEffect): Answer {
  if (effect.type !== "answer") return { status: 0 };
  const { status, body, headers } = effect;
  return { status, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) };
}

/** Writes an answer out, with its request id, and keeps a line about it. */
function finish(context: Context, request: IncomingRequest, answer: Answer, effect?: FaultEffect): RawAnswer {
  const requestId = context.state.ids.hex(32);
  const headers: Record<string, string> = {
    Date: new Date((context.options.realNow ?? Date.now)()).toUTCString(),
    "X-Request-Id": requestId,
    ...answer.headers,
  };
  if (!isAdmin(request)) log(context, request, answer.status, requestId);
  if (effect?.type === "cut") return { status: 0, headers, text: "", cut: "everything" };
  const text = bodyText(answer, headers, requestId);
  if (effect?.type !== "body") return { status: answer.status, headers, text };
  if (effect.body === "empty") return { status: answer.status, headers, text: "" };
  if (effect.body === "truncated") return { status: answer.status, headers, text, cut: "half" };
  headers["Content-Type"] = "text/html";
  return { status: answer.status, headers, text: "<html><body><h1>Gateway</h1></body></html>" };
}

function log({ requests }: Context, { method, path }: IncomingRequest, status: number, requestId: string): void {
  const match = findRoute(method, path);
  const operationId = typeof match === "string" ? undefined : match.route.operationId;
  requests.push({ method, path, operationId, status, requestId });
  if (requests.length > mostLogged) requests.shift();
}

function bodyText({ body }: Answer, headers: Record<string, string>, requestId: string): string {
  if (body === undefined) return "";
  if (typeof body === "string") return body;
  headers["Content-Type"] = "application/json";
  const isGateway =
    typeof body === "object" &&
    body !== null &&
    /^APIGW?\./.test(String((body as { error_code?: unknown }).error_code));
  return JSON.stringify(isGateway ? { ...body, request_id: requestId } : body);
}
