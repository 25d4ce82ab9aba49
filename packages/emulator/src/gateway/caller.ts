import type { WorldUser } from "../world/world.ts";

/** Who has sent a request, once the gateway has made sure of it. */
export interface Caller {
  readonly user: WorldUser;
  /** The project of a token; undefined where the credential is good for every project. */
  readonly projectId: string | undefined;
}

/** Whether a user may perform an action. `*` in a policy stands for any text. */
export function isAllowed(user: WorldUser, action: string | undefined): boolean {
  if (user.actions === undefined || action === undefined) return true;
  return user.actions.some((pattern) => matches(pattern, action));
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(action);
}
