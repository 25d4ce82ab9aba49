import { insist } from "./insist.ts";
import { note, type RolloutRun, writing } from "./rollout-run.ts";
import type { SeenServer } from "./seen-server.ts";
import { sessionsOn } from "./sessions-on.ts";

const warning = 1;

/** Tells the users of a server that they lose their sessions after the grace period, which the service then ends. */
export async function logOff(run: RolloutRun, server: SeenServer): Promise<void> {
  const { graceMs, message } = run.settings.drain;
  const sessionIds = await sessionsOn(run, server);
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
