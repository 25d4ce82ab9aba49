import { advanceProject } from "./advance-project.ts";
import type { Context } from "./context.ts";
import type { Hit } from "./faults/hit.ts";
import { authenticate } from "./gateway/authenticate.ts";
import { type Caller, missingPermissions } from "./gateway/caller.ts";
import { readContent } from "./http/content.ts";
import type { Answer, IncomingRequest } from "./http/message.ts";
import { gatewayRefusal, iamRefusal, Refusal, serviceRefusal } from "./http/refusal.ts";
import type { Route } from "./http/route.ts";
import { anyRouteOf, type findRoute, type Match } from "./http/router.ts";
import { createToken } from "./iam/create-token.ts";
import { canSee } from "./iam/identity.ts";
import { listProjects } from "./iam/list-projects.ts";
import type { JobFate } from "./jobs/fate.ts";
import { handlerOf } from "./operations/handlers.ts";
import { viewOf } from "./views/view.ts";
import type { ProjectState } from "./world/state.ts";

/** The gateway forwards no larger body, in bytes. */
export const largestBody = 12 * 1024 * 1024;

/** Limits of the gateway's URI and headers, in bytes. */
const longestUri = 32 * 1024;
const largestHeader = 32 * 1024;
const largestHeaders = 128 * 1024;

/** When a request is answered, and what goes wrong in the service meanwhile. */
export interface Arrival {
  /** When its work is done, on the emulator's clock. */
  readonly nowMs: number;
  /** When it was sent, on the emulator's clock; its credentials are held against this. */
  readonly sentAtMs: number;
  /** The same on the clock of a caller whose clock is right but for the emulator's skew. */
  readonly callersMs: number;
  /** The faults that decide what the operation sees and what becomes of its job. */
  readonly hits: readonly Hit[];
}

/** The answer to a request, without any fault on its way, with the operation that gave it. */
export function answerRequest(
  context: Context,
  request: IncomingRequest,
  match: ReturnType<typeof findRoute>,
  arrival: Arrival,
): { answer: Answer; route: Route | undefined } {
  const route = typeof match === "string" ? anyRouteOf(request.path) : match.route;
  try {
    if (request.unreadable !== undefined) throw unreadable(request.unreadable);
    if (match === "path") throw gatewayRefusal(404, "APIGW.0101", "The API does not exist or has not been published");
    if (match === "method") throw methodNotAllowed(route as Route);
    return { answer: answerMatch(context, request, match, arrival), route };
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.answer, route };
    throw error;
  }
}

function answerMatch(context: Context, request: IncomingRequest, match: Match, arrival: Arrival): Answer {
  const { state, rules } = context;
  const { route } = match;
  const { nowMs, sentAtMs, callersMs, hits } = arrival;
  if (request.path.length + request.query.length > longestUri)
    throw gatewayRefusal(414, "APIGW.0201", "Request URI too long");
  if (hasLargeHeaders(request.headers)) throw gatewayRefusal(494, "APIGW.0201", "Request header too large");
  if (request.body.length > largestBody) throw gatewayRefusal(413, "APIGW.0201", "Request entity too large");
  if (route.service === "iam" && !route.authenticated) {
    const { body } = readContent(match, request);
    return createToken(state, route, body, request.query, nowMs);
  }
  const caller = authenticate(state, request, { nowMs: sentAtMs, callersMs, rules });
  if (route.service === "iam") {
    return listProjects(state, caller, readContent(match, request).query, request.path);
  }
  const project = projectOf(context, caller, match, request);
  const missing = missingPermissions(caller.user, route.permissions);
  if (missing.length > 0) {
    const words = missing.length === 1 ? "the permission" : "the permissions";
    throw serviceRefusal(route, 403, `It needs ${words} ${missing.join(", ")}.`);
  }
  const content = readContent(match, request);
  const pace = context.options.jobs ?? "clock";
  const progress = { state, rules, pace, nowMs };
  advanceProject(progress, project);
  const view = viewOf(hits, nowMs);
  const answer = handlerOf(route.operationId)({
    ...content,
    ...progress,
    route,
    project,
    caller,
    view,
    fate: fateOf(hits),
  });
  if (pace === "instant") advanceProject(progress, project);
  return answer;
}

function fateOf(hits: readonly Hit[]): JobFate | undefined {
  for (const { effect } of hits) if (effect.type === "job") return effect.fate;
  return undefined;
}

function unreadable({ status, reason }: NonNullable<IncomingRequest["unreadable"]>): Refusal {
  if (status === 494) return gatewayRefusal(494, "APIGW.0201", `Request header too large: ${reason}`);
  return gatewayRefusal(400, "APIGW.0201", `Bad request: ${reason}`);
}

function hasLargeHeaders(headers: IncomingRequest["headers"]): boolean {
  const sizes = Object.entries(headers).map(([name, value]) => name.length + (value?.length ?? 0));
  return sizes.some((size) => size > largestHeader) || sizes.reduce((sum, size) => sum + size, 0) > largestHeaders;
}

/**
 * The project that the path names, which must be that of the token, or of the account of the key. Paths of the image service
 * name none: there it is the token's, or that of the header, or else the first that the key's user sees.
 */
function projectOf({ state }: Context, caller: Caller, { route, path }: Match, request: IncomingRequest): ProjectState {
  const first = () => [...state.projects.values()].find((project) => canSee(caller.user, project))?.id;
  const id = path.project_id ?? caller.projectId ?? request.headers["x-project-id"] ?? first() ?? "";
  const project = state.projects.get(id);
  const isTokens = caller.projectId === undefined || caller.projectId === id;
  if (project !== undefined && isTokens && canSee(caller.user, project)) return project;
  throw serviceRefusal(route, 403, "The project is not the caller's.");
}

/** Some calls of IAM and those of the image service document no 405; there a wrong method is something that was not found. */
function methodNotAllowed(route: Route): Refusal {
  const status = "405" in route.answers ? 405 : 404;
  return route.service === "iam" ? iamRefusal(route, status) : serviceRefusal(route, status);
}
