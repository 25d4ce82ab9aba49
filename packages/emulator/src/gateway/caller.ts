import type { WorldUser } from "../world/world.ts";

/** Who has sent a request, once the gateway has made sure of it. */
export interface Caller {
  readonly user: WorldUser;
  /** The project of a token; undefined where the credential is good for every project. */
  readonly projectId: string | undefined;
}

/** The permissions that a user lacks. `*` in a policy stands for any text. */
export function missingPermissions(user: WorldUser, needed: readonly string[]): readonly string[] {
  const { actions } = user;
  if (actions === undefined) return [];
  return needed.filter((action) => !actions.some((pattern) => matches(pattern, action)));
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(action);
}
