import { ApiError, type FullClient, paginate } from "@workspace-aps/client";
import type { RequestParts } from "../request/build.ts";
import type { Going } from "./what-goes.ts";

/** A session may be as old as this; the service shows those of a time only. */
const windowMs = 30 * 86_400_000;
/** The clock of the service may be ahead. */
const marginMs = 3_600_000;

/** The sessions that are to be ended, with their users, as far as the caller may look. */
export async function sessionsThatEnd(
  client: FullClient,
  { body }: RequestParts,
  signal: AbortSignal,
): Promise<readonly Going[]> {
  const ids = [...new Set((body?.session_ids ?? []) as readonly string[])];
  if (ids.length === 0) return [];
  const found = new Map<string, Going>();
  const nowMs = client.settings.now();
  const query = {
    query_begin_time: new Date(nowMs - windowMs).toISOString(),
    query_end_time: new Date(nowMs + marginMs).toISOString(),
  };
  try {
    for await (const session of paginate(client.listSessions, { query }, { signal })) {
      const { id, login_user: user = "", machine_name: machine = "", session_state: state = "" } = session;
      if (id === undefined || !ids.includes(id)) continue;
      found.set(id, { id, name: [user, machine].filter(Boolean).join(" on "), status: state });
      if (found.size === ids.length) break;
    }
  } catch (error) {
    // Whoever may log off need not be allowed to look.
    if (!(error instanceof ApiError && error.status === 403)) throw error;
  }
  return ids.map((id) => found.get(id) ?? { id, name: "not seen in 30 days" });
}
