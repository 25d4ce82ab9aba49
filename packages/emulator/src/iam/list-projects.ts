import type { Caller } from "../gateway/caller.ts";
import type { Answer } from "../http/message.ts";
import type { State } from "../world/state.ts";
import { canSee, domainIdOf } from "./identity.ts";

/** The projects of the caller's account, by what the query asks for. */
export function listProjects(
  state: State,
  { user }: Caller,
  query: Readonly<Record<string, unknown>>,
  path: string,
): Answer {
  const domain = domainIdOf(user);
  const projects = [...state.projects.values()]
    .filter((project) => canSee(user, project))
    .map(({ id, name }) => ({
      id,
      name,
      domain_id: domain,
      parent_id: domain,
      enabled: true,
      is_domain: false,
      description: "",
      links: { self: `${path}/${id}` },
    }))
    .filter((project) => filters.every((name) => query[name] === undefined || query[name] === project[name]));
  return { status: 200, body: { projects: page(projects, query), links: { self: path, next: null, previous: null } } };
}

const filters = ["name", "domain_id", "parent_id", "enabled", "is_domain"] as const;

function page<T>(items: readonly T[], query: Readonly<Record<string, unknown>>): readonly T[] {
  const { page: number, per_page: size } = query as { readonly page?: number; readonly per_page?: number };
  return number === undefined || size === undefined ? items : items.slice((number - 1) * size, number * size);
}
