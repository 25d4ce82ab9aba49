import type { Answer } from "../http/message.ts";
import { iamRefusal } from "../http/refusal.ts";
import type { Route } from "../http/route.ts";
import { iamTime } from "../world/clock.ts";
import type { ProjectState, State } from "../world/state.ts";
import type { WorldUser } from "../world/world.ts";
import { canSee, domainIdOf, userIdOf } from "./identity.ts";

/** Tokens of the real IAM are valid for 24 hours. */
const lifeMs = 24 * 3_600_000;
/** Tokens past this number push out the oldest, so that a long run does not grow. */
const mostTokens = 10_000;

interface TokenRequest {
  readonly auth: {
    readonly identity: {
      readonly password: {
        readonly user: { readonly domain: { readonly name: string }; readonly name: string; readonly password: string };
      };
    };
    readonly scope?: { readonly project?: Target; readonly domain?: Target };
  };
}

interface Target {
  readonly id?: string;
  readonly name?: string;
}

/** Makes a token for the user whose name and password are given. */
export function createToken(state: State, route: Route, body: unknown, query: string, nowMs: number): Answer {
  const { identity, scope } = (body as TokenRequest).auth;
  const given = identity.password.user;
  const user = state.users.find(({ name, domain }) => name === given.name && domain === given.domain.name);
  if (user?.password === undefined || user.password !== given.password) throw iamRefusal(route, 401);
  const domain = { id: domainIdOf(user), name: user.domain };
  // Where both are given, the project wins.
  if (scope?.project === undefined && scope?.domain !== undefined && !isNamed(scope.domain, domain)) {
    throw iamRefusal(route, 401, `The account ${nameOf(scope.domain)} is not that of the user.`);
  }
  const project = scope?.project === undefined ? undefined : findProject(state, route, user, scope.project);
  const token = state.ids.hex(64);
  state.tokens.set(token, { user, projectId: project?.id, expiresAtMs: nowMs + lifeMs });
  if (state.tokens.size > mostTokens) state.tokens.delete(state.tokens.keys().next().value as string);
  const withCatalog = !new URLSearchParams(query).get("nocatalog");
  return {
    status: route.success,
    headers: { "X-Subject-Token": token },
    body: {
      token: {
        expires_at: iamTime(nowMs + lifeMs),
        issued_at: iamTime(nowMs),
        methods: ["password"],
        catalog: withCatalog ? [{ type: "iam", name: "iam", endpoints: [] }] : [],
        roles: [{ id: "0", name: "te_admin" }],
        user: { id: userIdOf(user), name: user.name, password_expires_at: "", domain },
        ...(project === undefined ? { domain } : { project: { id: project.id, name: project.name, domain } }),
      },
    },
  };
}

function findProject(state: State, route: Route, user: WorldUser, target: Target): ProjectState {
  const found = [...state.projects.values()].find((project) => canSee(user, project) && isNamed(target, project));
  if (found === undefined) throw iamRefusal(route, 401, `The project ${nameOf(target)} was not found.`);
  return found;
}

function isNamed({ id, name }: Target, thing: { readonly id: string; readonly name: string }): boolean {
  return id === undefined ? name === thing.name : id === thing.id;
}

function nameOf({ id, name }: Target): string {
  return id ?? name ?? "";
}
