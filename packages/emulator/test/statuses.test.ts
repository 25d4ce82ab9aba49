import { describe, expect, it } from "vitest";
import { routes } from "../src/generated/contract.ts";
import type { Route } from "../src/http/route.ts";
import { answerProblems } from "../src/http/validate.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";
import { exampleBody, requiredQuery } from "./example-call.ts";
import { bytesOf } from "./sign.ts";

const test = useEmulator({ jobs: "instant" });
const tooLong = "a".repeat(33_000);

/** What a call changes of the ordinary one that succeeds. */
interface Change {
  readonly method?: string;
  readonly projectId?: string;
  readonly id?: string;
  readonly query?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a caller brings a status about without a fault. */
const causes: Readonly<Record<string, (route: Route) => Change | undefined>> = {
  200: () => ({}),
  201: () => ({}),
  204: () => ({}),
  400: ({ service, hasBody, query, path }) => {
    if (hasBody) return { body: "{" };
    if (service === "iam") return undefined;
    if (query.length > 0) return { query: `${query[0]?.name}=${"x".repeat(300)}&limit=x` };
    return hasId(path) ? { id: "x".repeat(300) } : undefined;
  },
  401: ({ service }) =>
    service === "iam"
      ? { body: JSON.stringify(tokenRequest(undefined, "wrong")), headers: { "X-Auth-Token": "" } }
      : { headers: { "X-Auth-Token": "" } },
  403: ({ service }) => (service === "aps" ? { projectId: "0".repeat(32) } : undefined),
  404: ({ path, query }) => {
    if (hasId(path)) return { id: "unknown" };
    const isOfOneGroup = path.endsWith("/scaling-policy") && query.length > 0;
    return isOfOneGroup ? { query: "server_group_id=unknown" } : undefined;
  },
  405: ({ service, path }) => (service === "aps" ? { method: methodWithout(path) } : undefined),
  413: ({ hasBody }) => (hasBody ? { body: " ".repeat(bytesOf(12) + 1) } : undefined),
  414: () => ({ query: `server_name=${tooLong}` }),
  494: () => ({ headers: { "X-Long": tooLong } }),
};

/** Whether a path names something in a project. */
function hasId(path: string): boolean {
  return /\{(server|server_group|job)_id\}/.test(path);
}

/** A method that a path does not take. */
function methodWithout(path: string): string {
  const taken = new Set(routes.filter((route) => route.path === path).map((route) => route.method));
  return ["DELETE", "PUT", "PATCH"].find((method) => !taken.has(method)) as string;
}

describe.each(routes.map((route) => [route.operationId, route] as const))("%s", (_operationId, route) => {
  it.each(Object.keys(route.answers).map((status) => [Number(status)]))("can answer %i", async (status) => {
    const token = await takeToken();
    const id = await prepare(route, token);
    const change = causes[status]?.(route);
    if (change === undefined) addFault(route, status);
    const response = await call(route, token, { id, ...change });
    const text = await response.text();
    expect(response.status).toBe(status);
    for (const name of ["X-Request-Id", ...(route.answerIds[status] ?? [])])
      expect(response.headers.get(name)).toMatch(/^[0-9a-f]{32}$/);
    expect(answerProblems(route, status, text === "" ? undefined : JSON.parse(text))).toEqual([]);
  });
});

/** Brings about what a caller cannot: the gateway throttles after no call at all, or the service answers like this. */
function addFault({ operationId, examples }: Route, status: number): void {
  const effect =
    status === 429
      ? ({ type: "throttle", requests: 0, perSeconds: 60 } as const)
      : ({ type: "answer", status, body: examples[status] } as const);
  test.emulator.faults.add({ operation: operationId, effect });
}

/** Makes what the operation is about; gives its id. */
async function prepare({ path }: Route, token: string): Promise<string> {
  if (path.includes("{server_group_id}")) return world.groupId;
  if (path.includes("/app-servers/")) return world.appServerId;
  if (path.includes("{image_id}")) return world.imageId;
  if (!path.includes("{job_id}")) return world.serverId;
  const isOfImage = path.includes("/image-server-jobs/");
  const [starter, id] = isOfImage ? ["RecreateServerImage", world.serverId] : ["ChangeServerImage", world.appServerId];
  const route = routes.find(({ operationId }) => operationId === starter) as Route;
  const answer = (await (await call(route, token, { id })).json()) as { job_id: string };
  return answer.job_id;
}

async function call(route: Route, token: string, change: Change): Promise<Response> {
  const { method = route.method, projectId = world.projectId, id = "", query = requiredQuery(route) } = change;
  const path = route.path.replace("{project_id}", projectId).replace(/\{\w+\}/, id);
  const body = change.body ?? (route.hasBody ? exampleBody(route) : undefined);
  return fetch(`${test.url}${path}?${query}`, {
    method,
    headers: { "X-Auth-Token": token, "Content-Type": "application/json", ...change.headers },
    ...(body === undefined || method === "GET" ? {} : { body }),
  });
}

async function takeToken(): Promise<string> {
  const response = await fetch(`${test.url}/v3/auth/tokens`, { method: "POST", body: JSON.stringify(tokenRequest()) });
  return response.headers.get("X-Subject-Token") ?? "";
}
