import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { CallOptions } from "../../method.ts";
import { methodsOf } from "../../methods.ts";
import type { Operation } from "../../operation.ts";
import * as rolloutOperations from "./rollout-operations.ts";
import type { PlanCheck, PlannedPermission } from "./rollout-plan.ts";
import type { SeenServer } from "./seen-server.ts";

/** An id that nothing has: whoever may look is told that there is none. */
const nobody = "000000000000000000";
const minuteMs = 60_000;

/**
 * Finds out which operations of a rollout the key may call. What only reads is tried; whether a change is allowed shows only
 * when it is sent, and is said as unknown.
 *
 * @param known operations that have been answered already, by their ids.
 * @param servers of the group; one of them is looked at.
 */
export async function checkPermissions(
  client: Client,
  { known, groupId, servers }: { known: readonly Operation[]; groupId: string; servers: readonly SeenServer[] },
  call: CallOptions,
): Promise<PlannedPermission[]> {
  const methods = methodsOf(client, rolloutOperations);
  const atMs = client.serviceClock.now();
  const tries: Readonly<Record<string, () => Promise<unknown>>> = {
    listSessions: () => {
      const window = {
        query_begin_time: new Date(atMs - minuteMs).toISOString(),
        query_end_time: new Date(atMs).toISOString(),
      };
      return methods.listSessions({ query: { ...window, app_server_group_id: groupId, limit: 1 } }, call);
    },
    listSubJobs: () => methods.listSubJobs({ query: { job_type: "CHANGE_SERVER_IMAGE", limit: 1 } }, call),
    showServer: () => methods.showServer({ path: { server_id: servers[0]?.id ?? nobody } }, call),
    showJobDetail: () =>
      methods.showJobDetail({ path: { job_id: servers.find(({ jobId }) => jobId !== "")?.jobId ?? nobody } }, call),
  };
  const found: PlannedPermission[] = [];
  for (const [name, operation] of Object.entries<Operation>(rolloutOperations)) {
    const { id, action = "unknown" } = operation;
    const verdict = known.some((one) => one.id === id) ? "good" : await verdictOf(tries[name], call);
    found.push({ operation: id, action, verdict });
  }
  return found;
}

async function verdictOf(
  attempt: (() => Promise<unknown>) | undefined,
  { signal }: CallOptions,
): Promise<PlannedPermission["verdict"]> {
  if (attempt === undefined) return "unknown";
  try {
    await attempt();
    return "good";
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ApiError)) return "unknown";
    return error.status === 403 ? "bad" : error.status === 404 ? "good" : "unknown";
  }
}

/** What is said of permissions among the checks of a plan. */
export function permissionChecks(permissions: readonly PlannedPermission[]): PlanCheck[] {
  const named = (verdict: PlannedPermission["verdict"]) =>
    permissions.filter((one) => one.verdict === verdict).map(({ operation, action }) => `${operation} (${action})`);
  const [bad, unknown] = [named("bad"), named("unknown")];
  const refused = `The key may not call ${bad.join(", ")}.`;
  const open = `Whether these are allowed shows when they are sent: ${unknown.join(", ")}.`;
  return [
    ...(bad.length === 0 ? [] : [{ about: "permissions", verdict: "bad", says: refused } as const]),
    ...(unknown.length === 0 ? [] : [{ about: "permissions", verdict: "unknown", says: open } as const]),
  ];
}
