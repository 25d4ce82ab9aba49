import { changeAppServer } from "./change.ts";
import type { AgendaEntry } from "./records.ts";
import { type ScalingTools, scale } from "./scale.ts";
import { endSessionsOn, startSession } from "./sessions.ts";
import type { StreamingState } from "./state.ts";
import { letUserCome } from "./traffic.ts";

/** What repeats by itself is not made up for beyond this time, so that a clock that jumps years costs little. */
const longestMs = 7 * 24 * 3_600_000;

/** The entry of the agenda that is due first, up to a time. */
export function nextDue({ agenda }: StreamingState, nowMs: number): AgendaEntry | undefined {
  let first: AgendaEntry | undefined;
  for (const entry of agenda)
    if (entry.dueMs <= nowMs && (first === undefined || entry.dueMs < first.dueMs)) first = entry;
  return first;
}

/** Lets happen what an entry says, and takes it off the agenda. */
export function happen(streaming: StreamingState, entry: AgendaEntry, nowMs: number, tools: ScalingTools): void {
  const { agenda, servers } = streaming;
  agenda.splice(agenda.indexOf(entry), 1);
  const atMs = entry.dueMs;
  switch (entry.type) {
    case "machine": {
      const server = servers.get(entry.serverId);
      if (server === undefined) return;
      if (entry.endedBy !== undefined) endSessionsOn(streaming, server.id, atMs, entry.endedBy);
      changeAppServer(streaming, server, atMs, entry.change);
      return;
    }
    case "visit":
      startSession(streaming, entry, atMs);
      return;
    case "traffic":
      letUserCome(streaming, entry.groupId, Math.max(atMs, nowMs - longestMs));
      return;
    case "scaling":
      scale(streaming, entry.groupId, Math.max(atMs, nowMs - longestMs), tools);
  }
}
