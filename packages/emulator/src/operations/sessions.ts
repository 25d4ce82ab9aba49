import { serviceRefusal } from "../http/refusal.ts";
import type { SessionRecord } from "../streaming/records.ts";
import { endSession, isOpenAt, sessionStateAt } from "../streaming/sessions.ts";
import { isAboutSession, type SeenSession, seeSessions } from "../views/streaming.ts";
import { writeRecord } from "../views/write-record.ts";
import { serviceTime } from "../world/clock.ts";
import type { Call, Handler } from "./operation.ts";
import { page } from "./page.ts";

interface Filter {
  readonly query_begin_time: string;
  readonly query_end_time: string;
  readonly app_server_group_id?: string;
  readonly machine_name?: string;
  readonly vm_ip?: string;
  readonly public_ip?: string;
  readonly user_name?: string;
  readonly session_state?: string;
  readonly is_success?: string;
}

/** Sessions that began between two times. A time that is empty, or none, bounds nothing. */
export const listSessions: Handler = (call) => {
  const { project, view } = call;
  const filter = call.query as unknown as Filter;
  const [from, to] = [timeOf(filter.query_begin_time, -Infinity), timeOf(filter.query_end_time, Infinity)];
  const states = (filter.session_state ?? "").split(",").filter(Boolean);
  const addrOf = ({ serverId }: SessionRecord) => project.streaming.servers.get(serverId)?.addr ?? "";
  const { count, items } = page<SeenSession>(
    call,
    (visit) => seeSessions(view, project.streaming).forEach(visit),
    ({ session, atMs }) =>
      session.startMs >= from &&
      session.startMs <= to &&
      (!filter.app_server_group_id || session.groupId === filter.app_server_group_id) &&
      (!filter.machine_name || session.machineName === filter.machine_name) &&
      (!filter.vm_ip || addrOf(session) === filter.vm_ip) &&
      !filter.public_ip &&
      (!filter.user_name || session.user === filter.user_name) &&
      (states.length === 0 || states.includes(sessionStateAt(session, atMs) ?? "")) &&
      filter.is_success !== "false",
    ({ session }) => session.id,
  );
  const body = { count, items: items.map(({ session, atMs }) => sessionView(call, session, atMs, serviceTime)) };
  return { status: 200, body };
};

/** The sessions of a user, with times in another form than everywhere else. */
export const listSessionByUserName: Handler = (call) => {
  const user = call.query.user_name as string;
  const seen = seeSessions(call.view, call.project.streaming).filter(({ session }) => session.user === user);
  const list = seen.reverse().map(({ session, atMs }) => {
    const groups = [...call.project.streaming.appGroups.values()];
    const { app_server_group_name: _name, ...own } = sessionView(call, session, atMs, plainTime);
    return {
      end_time: plainTime(undefined),
      ...own,
      app_group_id: groups.find(({ groupId }) => groupId === session.groupId)?.id ?? "",
      failed_code: "WKS.00000000",
      failed_reason: "success",
    };
  });
  return { status: 200, body: { session_info_list: list } };
};

/** Logs users off, after the delay. Sessions that are unknown or have ended are ignored. */
export const logoffUserSession: Handler = ({ route, project, body, nowMs }) => {
  const { session_ids: ids, delay_time: seconds } = body as { session_ids?: readonly string[]; delay_time: number };
  if (ids === undefined || ids.length === 0) throw serviceRefusal(route, 400, "body/session_ids must name a session.");
  for (const id of ids) {
    const session = project.streaming.sessions.get(id);
    if (session !== undefined && isOpenAt(session, nowMs)) endSession(session, nowMs + seconds * 1000, "logoff");
  }
  return { status: 200 };
};

function sessionView(
  { project, view }: Call,
  session: SessionRecord,
  atMs: number,
  timeText: (ms: number) => string,
): Record<string, unknown> {
  const { streaming } = project;
  const { startMs, endMs } = session;
  const hasEnded = endMs !== undefined && atMs >= endMs;
  return writeRecord(view, isAboutSession(session), {
    id: session.id,
    login_user: session.user,
    session_state: sessionStateAt(session, atMs),
    session_type: streaming.groups.get(session.groupId)?.app_type === "SESSION_DESKTOP_APP" ? "1" : "2",
    machine_name: session.machineName,
    vm_ip: streaming.servers.get(session.serverId)?.addr ?? "",
    protocol_type: "HDP",
    app_server_group_id: session.groupId,
    app_server_group_name: streaming.groups.get(session.groupId)?.name ?? "",
    app_name: session.application,
    start_time: timeText(startMs),
    ...(hasEnded ? { end_time: timeText(endMs) } : {}),
    tenant_id: project.id,
  });
}

function timeOf(text: string, otherwise: number): number {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? otherwise : ms;
}

/** A time as this one list writes it; one that is not yet lies in year 1. */
function plainTime(ms: number | undefined): string {
  return ms === undefined ? "0001-01-01 00:00:00" : new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
