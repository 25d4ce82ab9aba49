import { answerAdmin, isAdmin } from "./admin/admin.ts";
import { type Arrival, answerRequest } from "./answer.ts";
import { bringUpToDate, letLateRequestsArrive } from "./bring-up-to-date.ts";
import type { Context } from "./context.ts";
import type { FaultEffect } from "./faults/fault.ts";
import { type Hit, noHits } from "./faults/hit.ts";
import { whatItIsAbout } from "./faults/what-it-is-about.ts";
import type { Answer, IncomingRequest, RawAnswer } from "./http/message.ts";
import { gatewayRefusal } from "./http/refusal.ts";
import type { Route } from "./http/route.ts";
import { findRoute, type Match } from "./http/router.ts";
import { answerProblems } from "./http/validate.ts";
import { writeOut } from "./http/write-out.ts";
import { keep } from "./keep.ts";
import { breaksContract, isViewEffect, viewOf } from "./views/view.ts";

const mostLogged = 100;
const mostViolations = 100;

/** Makes the function that answers requests: faults around the true answer, and a check of it against the contract. */
export function createHandler(context: Context): (request: IncomingRequest) => Promise<RawAnswer> {
  return async (request) => {
    if (isAdmin(request)) {
      bringUpToDate(context);
      const answer = answerAdmin(context, request);
      if (request.method !== "GET" && answer.status < 300) keep(context);
      return writeOut(context, { request, answer, hits: noHits });
    }
    letLateRequestsArrive(context);
    const match = findRoute(request.method, request.path);
    const route = typeof match === "string" ? undefined : match.route;
    const hits = route === undefined ? noHits : take(context, request, match as Match);
    const raw = hits.some(({ effect }) => !isViewEffect(effect))
      ? await answerWithFaults(context, request, match as Match, hits)
      : writeOut(context, {
          request,
          route,
          hits,
          answer: trueAnswer(context, request, match, arrivalNow(context, hits)),
        });
    context.requests.push(raw.logged);
    if (context.requests.length > mostLogged) context.requests.shift();
    return raw;
  };
}

function take({ faults, state }: Context, request: IncomingRequest, match: Match): readonly Hit[] {
  return faults.take({ route: match.route, isAbout: whatItIsAbout(state, request, match) });
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
  if (throttle !== undefined) return end(check(context, route, throttled(route, throttle)));
  const instead = effects.find((effect) => (effect.type === "answer" || effect.type === "cut") && !effect.afterWork);
  if (instead?.type === "cut" && instead.workAfterMs !== undefined)
    arriveLater(context, { request, match, hits, afterMs: instead.workAfterMs });
  if (instead !== undefined) return end(replaced(instead), instead);

  const answer = arrive(context, request, match, hits);
  for (const effect of effects) if (isAfterWork(effect)) await delay(context, effect);
  const spoiledBy = effects.find(({ type }) => type === "answer" || type === "cut" || type === "body");
  return spoiledBy?.type === "answer" ? end(replaced(spoiledBy)) : end(answer, spoiledBy);
}

/** Does the work: once, or more often where something repeats the request. */
function arrive(context: Context, request: IncomingRequest, match: Match, hits: readonly Hit[]): Answer {
  const first = trueAnswer(context, request, match, arrivalNow(context, hits));
  for (const { effect } of hits) {
    if (effect.type !== "replay") continue;
    if (effect.afterMs === undefined) {
      const second = trueAnswer(context, request, match, arrivalNow(context, hits));
      return effect.answer === "first" ? first : second;
    }
    arriveLater(context, { request, match, hits, afterMs: effect.afterMs });
  }
  return first;
}

function arriveLater(
  context: Context,
  { request, match, hits, afterMs }: { request: IncomingRequest; match: Match; hits: readonly Hit[]; afterMs: number },
): void {
  const arrival = arrivalNow(context, hits);
  context.late.push({
    dueMs: arrival.nowMs + afterMs,
    arrive: (nowMs) => void trueAnswer(context, request, match, { ...arrival, nowMs }),
  });
}

function arrivalNow({ clock, realNow }: Context, hits: readonly Hit[]): Arrival {
  const nowMs = clock.now();
  return { nowMs, sentAtMs: nowMs, callersMs: realNow() + clock.skewMs, hits };
}

/** What the service would answer, kept and checked. */
function trueAnswer(
  context: Context,
  request: IncomingRequest,
  match: ReturnType<typeof findRoute>,
  arrival: Arrival,
): Answer {
  const { changes } = context.state;
  const { answer, route } = answerRequest(context, request, match, arrival);
  // A GET changes something when it is the first to see that a job has gone on.
  const isChange = context.state.changes !== changes || (request.method !== "GET" && answer.status < 300);
  if (isChange) keep(context);
  const isSpoilt = arrival.hits.length > 0 && breaksContract(viewOf(arrival.hits, arrival.nowMs));
  return route === undefined || isSpoilt ? answer : check(context, route, answer);
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

/** The gateway's answer to a caller who is too fast: it names the policy, the number and the period. */
function throttled(
  route: Route,
  { requests, perSeconds, retryAfter }: Extract<FaultEffect, { type: "throttle" }>,
): Answer {
  const policy = route.rateLimit === undefined || route.rateLimit === "unknown" ? "" : `policy ${route.rateLimit},`;
  const message = `The throttling threshold has been reached: ${policy}limit:${requests},time:${periodOf(perSeconds)}`;
  const { answer } = gatewayRefusal(429, "APIGW.0308", message);
  return retryAfter === undefined ? answer : { ...answer, headers: { "Retry-After": String(retryAfter) } };
}

/** A period in the largest unit that measures it in whole numbers. */
function periodOf(seconds: number): string {
  const [size, unit] = ([
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ].find(([size]) => seconds >= Number(size) && seconds % Number(size) === 0) ?? [1, "second"]) as [number, string];
  return `${seconds / size} ${unit}`;
}

function replaced(effect: FaultEffect): Answer {
  if (effect.type !== "answer") return { status: 0 };
  const { status, body, headers } = effect;
  return { status, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) };
}
