import { isPassing } from "../../transport/retry.ts";
import { chooseServers } from "./choose-servers.ts";
import { holdServers, releaseServers } from "./hold-servers.ts";
import { logOff } from "./log-off.ts";
import { lookAtGroup, serversInWork } from "./look-at-group.ts";
import { nextStep, type Step } from "./next-step.ts";
import { obstacleOf } from "./plan-rollout.ts";
import { acceptServer, lookAtReimage, reimageServers } from "./reimage-servers.ts";
import { resolveDoubts } from "./resolve-doubts.ts";
import { serversIn } from "./rollout-report.ts";
import { note, type RolloutRun, reading } from "./rollout-run.ts";
import { type ServerState, serverOf, targetOf } from "./rollout-state.ts";
import { isReady, type SeenServer } from "./seen-server.ts";
import { sessionsOn } from "./sessions-on.ts";

const gone = "It is gone.";

/** A server with what is done with it next. */
interface Decided {
  readonly server: SeenServer;
  readonly step: Step;
}

/**
 * Moves the servers of a group to the image that they are to have, one look after the other: what is done next is decided
 * by what is seen and what the journal holds, so that a run goes on wherever another was cut off.
 *
 * @returns when nothing is left to do, or nothing can be done.
 */
export async function drive(run: RolloutRun): Promise<void> {
  const { client, settings, state } = run;
  const missing = new Map<string, number>();
  let stuckSinceMs: number | undefined;
  for (;;) {
    settings.signal?.throwIfAborted();
    let error: unknown;
    try {
      run.seen = await lookAtGroup(run);
      await lookForOthers(run);
      run.lookingSinceMs ??= client.serviceClock.now();
      await lookAtSessions(run);
      const decided = [...run.seen.values()].map((server) => ({ server, step: decide(run, server) }));
      const isAway = await followMissing(run, missing);
      const candidates = decided.filter(({ step }) => step.do === "candidate").map(({ server }) => server);
      const chosen = run.ending === undefined ? chooseServers(state, run.seen, candidates) : [];
      await act(run, decided, chosen);
      const isAtWork =
        isAway || chosen.length > 0 || decided.some(({ step }) => !["done", "candidate"].includes(step.do));
      stuckSinceMs = isAtWork ? undefined : (stuckSinceMs ?? client.serviceClock.now());
      const patienceMs =
        candidates.length === 0 || run.ending !== undefined ? 0 : settings.settleMs + settings.registerTimeoutMs;
      if (stuckSinceMs !== undefined && client.serviceClock.now() - stuckSinceMs >= patienceMs) {
        if (run.ending === undefined) await leaveRest(run, candidates);
        tell(run, undefined);
        return;
      }
    } catch (reason) {
      settings.signal?.throwIfAborted();
      // A look, or a request that may be sent again, has failed in passing.
      if (!isPassing(reason)) throw reason;
      error = reason;
    }
    tell(run, error);
    await client.settings.sleep(settings.intervalMs, settings.signal);
  }
}

function tell({ client, settings, state, seen, startedMs }: RolloutRun, error: unknown): void {
  settings.onProgress?.({
    direction: state.turned === undefined ? "forward" : "back",
    servers: serversIn(state, seen),
    elapsedMs: client.settings.monotonicNow() - startedMs,
    error,
  });
}

/** Ends the run when somebody else has given the group another image meanwhile. */
async function lookForOthers(run: RolloutRun): Promise<void> {
  const { plan } = run.state;
  if (plan === undefined || run.ending !== undefined) return;
  const group = await run.methods.showServerGroup({ path: { server_group_id: plan.group.id } }, reading(run));
  if (group.image_id === plan.from.imageId || group.image_id === plan.to.imageId) return;
  run.ending = `Somebody has given group ${plan.group.name} another image, ${group.image_id}.`;
}

function decide(run: RolloutRun, server: SeenServer): Step {
  const { client, settings, state, emptyLooks } = run;
  const nowMs = client.serviceClock.now();
  return nextStep(serverOf(state, server.id), server, {
    target: targetOf(state),
    only: state.turned === undefined ? undefined : state.plan?.to.imageId,
    nowMs,
    isEnding: run.ending !== undefined,
    emptyLooks: emptyLooks.get(server.id) ?? 0,
    lookingSinceMs: run.lookingSinceMs ?? nowMs,
    settings,
  });
}

async function act(run: RolloutRun, decided: readonly Decided[], chosen: readonly SeenServer[]): Promise<void> {
  const those = (...what: Step["do"][]) =>
    decided.filter(({ step }) => what.includes(step.do)).map(({ server }) => server);
  const idsOf = (servers: readonly SeenServer[]) => servers.map(({ id }) => id);
  for (const { server, step } of decided) {
    if (step.do === "adopt") await note(run, { type: "job", serverId: server.id, jobId: step.jobId });
    else if (step.do === "show job") await lookAtReimage(run, server, step.jobId);
    else if (step.do === "accept") await acceptServer(run, server);
    else if (step.do === "fail") await note(run, { type: "failed", serverId: server.id, reason: step.reason });
    else if (step.do === "leave") await note(run, { type: "left", serverId: server.id, reason: step.reason });
    else if (step.do === "log off") await logOff(run, server);
  }
  await resolveDoubts(run, those("resolve doubt"));
  await endAfterFailures(run);
  await releaseServers(run, idsOf(those("release")));
  if (run.ending !== undefined) return;
  await reimageServers(run, those("reimage"), "change");
  await reimageServers(run, those("repair"), "reinstall");
  await holdServers(run, idsOf([...those("drain"), ...chosen]));
}

/** A failure more than is allowed ends the way forward. On the way back the others are moved all the same. */
async function endAfterFailures(run: RolloutRun): Promise<void> {
  const { state, settings } = run;
  if (state.turned !== undefined || run.ending !== undefined) return;
  const failed = [...state.servers].filter(([, { failed }]) => failed !== undefined);
  if (failed.length <= settings.maxFailures) return;
  const [[id, server] = ["", undefined]] = failed;
  run.ending = `${failed.length} servers have failed; ${run.seen.get(id)?.name ?? id}: ${server?.failed}`;
}

/**
 * Looks for sessions on the servers that show none, and counts how often in a row there was none; and on those whose users are to
 * be logged off.
 */
async function lookAtSessions(run: RolloutRun): Promise<void> {
  const { state, seen, emptyLooks, settings, client } = run;
  const nowMs = client.serviceClock.now();
  const isEmptying = ({ hold, reimage, movedTo, heldAtMs }: ServerState) =>
    hold === "held" &&
    reimage === undefined &&
    movedTo !== targetOf(state).imageId &&
    nowMs - heldAtMs >= settings.settleMs;
  const held = [...seen.values()].filter(({ id }) => isEmptying(serverOf(state, id)));
  const asked = held.filter((server) => server.sessions === 0 && server.isDrained && isReady(server));
  const full = held.filter((server) => !asked.includes(server) && decide(run, server).do === "log off");
  run.sessions = await sessionsOn(run, [...asked, ...full]);
  for (const server of held) {
    const isAsked = asked.includes(server);
    const count = run.sessions.get(server.id)?.count;
    if (isAsked && count === undefined) continue;
    emptyLooks.set(server.id, isAsked && count === 0 ? (emptyLooks.get(server.id) ?? 0) + 1 : 0);
  }
}

/** Whether a server is missing that may come back. One that nobody has shown for long enough is gone, and is left. */
async function followMissing(run: RolloutRun, missing: Map<string, number>): Promise<boolean> {
  const { client, state, seen, settings } = run;
  const nowMs = client.serviceClock.now();
  let isWaiting = false;
  for (const id of seen.keys()) missing.delete(id);
  for (const id of serversInWork(state)) {
    if (seen.has(id)) continue;
    isWaiting = true;
    const sinceMs = missing.get(id) ?? nowMs;
    missing.set(id, sinceMs);
    if (nowMs - sinceMs < settings.settleMs) continue;
    if (state.servers.get(id)?.reimage !== undefined) await note(run, { type: "failed", serverId: id, reason: gone });
    await note(run, { type: "left", serverId: id, reason: gone });
  }
  return isWaiting;
}

/** Says why servers that could be moved were not. */
async function leaveRest(run: RolloutRun, candidates: readonly SeenServer[]): Promise<void> {
  for (const server of candidates) {
    const reason = obstacleOf(server) ?? "Too few servers are in service to take it out.";
    await note(run, { type: "left", serverId: server.id, reason });
  }
}
