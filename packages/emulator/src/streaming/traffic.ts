import type { AgendaEntry, Traffic } from "./records.ts";
import { startSession } from "./sessions.ts";
import type { StreamingState } from "./state.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Lets users come and go in a group from now on, unless they do already. */
export function startTraffic(streaming: StreamingState, groupId: string, traffic: Traffic, nowMs: number): void {
  if (streaming.traffic.has(groupId)) return;
  streaming.traffic.set(groupId, traffic);
  streaming.agenda.push(nextArrival(streaming, groupId, traffic, nowMs));
}

/** When the next user of a group comes, drawn so that the number in an hour is right on average. */
function nextArrival(
  { chance }: StreamingState,
  groupId: string,
  { usersPerHour }: Traffic,
  nowMs: number,
): AgendaEntry {
  return { type: "traffic", groupId, dueMs: nowMs + Math.ceil(drawn(chance.random(), hourMs / usersPerHour)) };
}

/** Lets a user of the traffic come, and says when the next one does. */
export function letUserCome(streaming: StreamingState, groupId: string, nowMs: number): void {
  const traffic = streaming.traffic.get(groupId);
  if (traffic === undefined) return;
  const { chance, sessions, agenda } = streaming;
  const forMs = Math.ceil(drawn(chance.random(), traffic.meanMinutes * minuteMs));
  startSession(streaming, { user: `user${String(sessions.size + 1).padStart(4, "0")}`, groupId, forMs }, nowMs);
  agenda.push(nextArrival(streaming, groupId, traffic, nowMs));
}

/** A duration of an exponential distribution. */
function drawn(random: number, mean: number): number {
  return -Math.log(1 - random) * mean;
}
