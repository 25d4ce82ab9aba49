import { insist } from "./insist.ts";
import { note, type RolloutRun, writing } from "./rollout-run.ts";
import type { SeenServer } from "./seen-server.ts";

const warning = 1;

/**
 * Tells the users of a server that they lose their sessions after the grace period, which the service then ends. A server whose
 * sessions were not read at this look has its turn at a later one.
 */
export async function logOff(run: RolloutRun, server: SeenServer): Promise<void> {
  const { graceMs, message } = run.settings.drain;
  const sessionIds = run.sessions.get(server.id)?.ids ?? [];
  if (sessionIds.length === 0) return;
  await note(run, { type: "logoff", serverId: server.id, sessionIds });
  const body = {
    session_ids: sessionIds,
    message_type: warning,
    delay_time: Math.round(graceMs / 1000),
    message,
  } as const;
  await insist(run, () => run.methods.logoffUserSession({ body }, writing(run)));
}
