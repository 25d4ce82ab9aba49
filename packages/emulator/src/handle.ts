import { answerAdmin, isAdmin } from "./admin/admin.ts";
import { answerRequest } from "./answer.ts";
import type { Context } from "./emulator.ts";
import type { FaultEffect } from "./faults/fault.ts";
import { type Hit, noHits } from "./faults/faults.ts";
import type { Answer, IncomingRequest, RawAnswer } from "./http/message.ts";
import { gatewayRefusal } from "./http/refusal.ts";
import type { Route } from "./http/route.ts";
import { findRoute, type Match } from "./http/router.ts";
import { answerProblems } from "./http/validate.ts";
import { writeOut } from "./http/write-out.ts";
import { takeSnapshot } from "./world/snapshot.ts";
import type { JobFate } from "./world/state.ts";

const mostLogged = 100;
const mostViolations = 100;

/** Makes the function that answers requests: faults around the true answer, and a check of it against the contract. */
export function createHandler(context: Context): (request: IncomingRequest) => Promise<RawAnswer> {
  return async (request) => {
    if (isAdmin(request)) {
      const answer = answerAdmin(context, request);
      if (request.method !== "GET" && answer.status < 300) keep(context);
      return writeOut(context, { request, answer, hits: noHits });
    }
    const match = findRoute(request.method, request.path);
    const route = typeof match === "string" ? undefined : match.route;
    const hits = route === undefined ? noHits : context.faults.take(route.operationId);
    const raw =
      hits.length === 0
        ? writeOut(context, { request, route, hits, answer: trueAnswer(context, request, match) })
        : await answerWithFaults(context, request, match as Match, hits);
    context.requests.push(raw.logged);
    if (context.requests.length > mostLogged) context.requests.shift();
    return raw;
  };
}

async function answerWithFaults(
  context: Context,
  request: IncomingRequest,
  match: Match,
  hits: readonly Hit[],
): Promise<RawAnswer> {
  const { route } = match;
  const effects = hits.map(({ effect }) => effect);
  const end = (answer: Answer, spoiledBy?: FaultEffect) =>
    writeOut(context, { request, route, hits, answer, ...(spoiledBy === undefined ? {} : { spoiledBy }) });

  for (const effect of effects) if (!isAfterWork(effect)) await delay(context, effect);
  const throttle = effects.find((effect) => effect.type === "throttle");
  if (throttle !== undefined) return end(check(context, route, throttled(throttle)));
  const instead = effects.find((effect) => (effect.type === "answer" || effect.type === "cut") && !effect.afterWork);
  if (instead !== undefined) return end(replaced(instead), instead);

  const job = effects.find((effect) => effect.type === "job");
  const answer = trueAnswer(context, request, match, job?.fate);
  for (const effect of effects) if (isAfterWork(effect)) await delay(context, effect);
  const spoiledBy = effects.find((effect) => effect.type !== "job" && effect.type !== "delay");
  return spoiledBy?.type === "answer" ? end(replaced(spoiledBy)) : end(answer, spoiledBy);
}

/** What the service would answer, kept and checked. */
function trueAnswer(
  context: Context,
  request: IncomingRequest,
  match: ReturnType<typeof findRoute>,
  fate?: JobFate,
): Answer {
  const { changes } = context.state;
  const { answer, route } = answerRequest(context, request, match, fate);
  // A GET changes something when it is the first to see that a job has gone on.
  const isChange = context.state.changes !== changes || (request.method !== "GET" && answer.status < 300);
  if (isChange) keep(context);
  return route === undefined ? answer : check(context, route, answer);
}

function keep({ options, state, clock, realNow }: Context): void {
  options.onChange?.(takeSnapshot(state, clock.now(), realNow()));
}

/** Holds an answer against the contract. */
function check({ violations }: Context, route: Route, answer: Answer): Answer {
  const problems = answerProblems(route, answer.status, answer.body);
  if (problems.length > 0 && violations.length < mostViolations) {
    violations.push({ operationId: route.operationId, status: answer.status, problems });
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
function throttled({ requests, perSeconds, retryAfter }: Extract<FaultEffect, { type: "throttle" }>): Answer {
  const message = `The throttling threshold has been reached: limit:${requests},time:${perSeconds} second`;
  const { answer } = gatewayRefusal(429, "APIGW.0308", message);
  return retryAfter === undefined ? answer : { ...answer, headers: { "Retry-After": String(retryAfter) } };
}

function replaced(effect: FaultEffect): Answer {
  if (effect.type !== "answer") return { status: 0 };
  const { status, body, headers } = effect;
  return { status, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) };
}
