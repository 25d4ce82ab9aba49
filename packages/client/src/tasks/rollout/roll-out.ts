import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { methodsOf } from "../../methods.ts";
import { inService } from "./choose-servers.ts";
import { comparePlan } from "./compare-plan.ts";
import { drive } from "./drive.ts";
import { lookAtGroup } from "./look-at-group.ts";
import { memoryRolloutJournal, type RolloutJournal, type RolloutResult } from "./rollout-journal.ts";
import * as rolloutOperations from "./rollout-operations.ts";
import { type RolloutOptions, withDefaults } from "./rollout-options.ts";
import type { RolloutPlan } from "./rollout-plan.ts";
import { leftoversOf, type RolloutReport, serversIn } from "./rollout-report.ts";
import { note, type RolloutRun, reading } from "./rollout-run.ts";
import { apply, replayRollout, targetOf } from "./rollout-state.ts";
import { switchGroup, switchScalingOff, switchScalingOn } from "./switch-group.ts";

/**
 * Moves a group and its servers to another image, and throws nobody out: scaling off, the group gets the image, then per
 * server: maintenance mode, wait until nobody is on it, re-image, wait until it has registered with the new image, check,
 * back into service; scaling on again. Every step is noted before and after, so that a run that was cut off goes on from
 * its journal with what the world says.
 *
 * @param plan from {@link planRollout}. Undefined goes on with that of the journal.
 * @returns what became of every server, and what is not as it was; also when the run was stopped, interrupted, or ended by
 *   an error of the service.
 * @throws ApsError before anything is changed: the plan has a bad check, or does not fit the world any more; the journal is
 *   of another plan; another run of this process works on the group.
 * @throws what the journal's `claim` throws. It is asked for before anything else is looked at.
 */
export function rollOut(
  client: Client,
  plan: RolloutPlan | undefined,
  options: RolloutOptions = {},
): Promise<RolloutReport> {
  return inTurn(client, plan, options, async (run) => {
    const { state, settings } = run;
    if (state.plan === undefined && plan !== undefined) await begin(run, plan);
    if (state.result !== undefined) return;
    if (state.turned === undefined) await forward(run);
    if (state.turned === undefined && run.ending !== undefined && settings.onFailure === "roll back")
      await turn(run, run.ending);
    if (state.turned !== undefined) await forward(run);
    await finish(run);
  });
}

/**
 * Goes back: the group gets the image from before, and so do the servers that were moved, in the same way. What was left
 * unfinished is finished that way. Broken servers are installed again from the image from before.
 *
 * @param options.journal that of the rollout.
 * @returns and throws what {@link rollOut} does; and ApsError when the journal holds no rollout.
 */
export function rollBack(
  client: Client,
  options: RolloutOptions & { readonly journal: RolloutJournal },
): Promise<RolloutReport> {
  return inTurn(client, undefined, options, async (run) => {
    const { state } = run;
    if (state.turned === undefined) await turn(run, "It was asked for.");
    else if (state.result !== undefined) return;
    await forward(run);
    await finish(run);
  });
}

async function begin(run: RolloutRun, plan: RolloutPlan): Promise<void> {
  await comparePlan(run.client, plan, reading(run));
  apply(run.state, { at: plan.madeAt, type: "plan", plan, floor: 0 });
  run.seen = await lookAtGroup(run);
  const floor = Math.max(0, inService(run.state, run.seen.values()) - plan.maxUnavailable);
  await note(run, { type: "plan", plan, floor });
}

/** Towards the image that servers are to have now, whichever way that is. */
async function forward(run: RolloutRun): Promise<void> {
  await switchScalingOff(run);
  await switchGroup(run);
  await drive(run);
}

/** From here on it goes back. As many may be out of service at once as before, beside those that are broken. */
async function turn(run: RolloutRun, reason: string): Promise<void> {
  run.seen = await lookAtGroup(run);
  const floor = Math.max(0, inService(run.state, run.seen.values()) - (run.state.plan?.maxUnavailable ?? 1));
  await note(run, { type: "turn", reason, floor });
  run.ending = undefined;
  run.emptyLooks.clear();
}

async function finish(run: RolloutRun): Promise<void> {
  await switchScalingOn(run);
  await note(run, { type: "end", result: resultOf(run) });
}

function resultOf({ state, seen, ending }: RolloutRun): RolloutResult {
  if (ending !== undefined) return "stopped";
  const { imageId } = targetOf(state);
  const planned = state.plan?.servers ?? [];
  const isWhole =
    state.turned === undefined
      ? planned.every(({ id }) => !seen.has(id) || seen.get(id)?.imageId === imageId)
      : [...seen.values()].every((server) => server.imageId !== state.plan?.to.imageId);
  const hasFailed = [...state.servers.values()].some(({ failed }) => failed !== undefined);
  if (!isWhole || hasFailed) return "incomplete";
  return state.turned === undefined ? "done" : "rolled back";
}

/** The groups that runs of this process work on. */
const inWork = new Set<string>();

async function inTurn(
  client: Client,
  plan: RolloutPlan | undefined,
  options: RolloutOptions,
  work: (run: RolloutRun) => Promise<void>,
): Promise<RolloutReport> {
  const { journal = memoryRolloutJournal() } = options;
  const known = replayRollout(journal.records).plan;
  const groupId = (known ?? plan)?.group.id;
  if (groupId === undefined) throw new ApsError("The journal holds no rollout, and no plan is given.");
  if (known !== undefined && plan !== undefined && JSON.stringify(known) !== JSON.stringify(plan)) {
    throw new ApsError(
      "rollOut: the journal is of another plan. Use a journal of its own for this one. Nothing was changed.",
    );
  }
  // Whoever keeps the journal comes first: it may hold a run back that is to wait for another one.
  const claim = await journal.claim?.();
  const key = `${client.settings.endpoint} ${groupId}`;
  try {
    if (inWork.has(key)) throw new ApsError(`rollOut: another run works on group ${groupId}. Nothing was changed.`);
    inWork.add(key);
    try {
      return await carryOut({ client, journal, claim, options }, work);
    } finally {
      inWork.delete(key);
    }
  } finally {
    await claim?.release();
  }
}

/** Does the work of a run, and says how far it has come. */
async function carryOut(
  {
    client,
    journal,
    claim,
    options,
  }: Pick<RolloutRun, "client" | "journal" | "claim"> & { readonly options: RolloutOptions },
  work: (run: RolloutRun) => Promise<void>,
): Promise<RolloutReport> {
  // Read again: whoever had the journal before may have written to it.
  const state = replayRollout(journal.records);
  const run: RolloutRun = {
    client,
    methods: methodsOf(client, rolloutOperations),
    settings: withDefaults(options),
    journal,
    claim,
    state,
    seen: new Map(),
    emptyLooks: new Map(),
    sessions: new Map(),
    turns: new Set(),
    isCrowded: false,
    lookingSinceMs: undefined,
    ending: undefined,
    startedMs: client.settings.monotonicNow(),
  };
  let stopped: { readonly by: unknown } | undefined;
  try {
    await work(run);
  } catch (error) {
    // Before the plan is noted, nothing was changed.
    if (!isBegun(run)) throw error;
    stopped = { by: error };
  }
  if (run.seen.size === 0) run.seen = await lookAtGroup(run).catch(() => run.seen);
  return reportOf(run, stopped);
}

function isBegun({ journal, state }: RolloutRun): boolean {
  return journal.records.length > 0 || state.scaling !== "before" || state.groupImage !== undefined;
}

function reportOf({ state, seen, ending }: RolloutRun, stopped: { readonly by: unknown } | undefined): RolloutReport {
  const reason = stopped === undefined ? (ending ?? state.turned) : textOf(stopped.by);
  return {
    result: stopped === undefined ? (state.result ?? "incomplete") : "interrupted",
    reason,
    ...(stopped === undefined ? {} : { stoppedBy: stopped.by }),
    serverGroupId: state.plan?.group.id ?? "",
    imageId: state.groupImage?.imageId ?? state.plan?.from.imageId ?? "",
    servers: serversIn(state, seen),
    leftovers: leftoversOf(state, seen),
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
