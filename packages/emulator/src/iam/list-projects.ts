import type { Caller } from "../gateway/caller.ts";
import type { Answer } from "../http/message.ts";
import type { State } from "../world/state.ts";
import { domainIdOf } from "./identity.ts";

/** The projects of the account, by name if one is given. */
export function listProjects(
  state: State,
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  path: string,
): Answer {
  const domain = domainIdOf(caller.user);
  const projects = [...state.projects.values()]
    .filter(({ name }) => query.name === undefined || name === query.name)
    .map(({ id, name }) => ({
      id,
      name,
      domain_id: domain,
      parent_id: domain,
      enabled: true,
      is_domain: false,
      description: "",
      links: { self: `${path}/${id}` },
    }));
  return { status: 200, body: { projects, links: { self: path, next: null, previous: null } } };
}
