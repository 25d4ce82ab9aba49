import { ApsError, type Client, planRollout, rollBack, rollOut } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { openImageStates } from "../images/image.ts";
import type { Keys, UsableKey } from "../work/keys.ts";
import { isKeyRefused, isRefusal } from "../work/refusal.ts";
import { endRest, restOf } from "../work/rest.ts";
import { databaseJournal, RolloutClaimLostError } from "./database-journal.ts";
import { isRollout, keyValues, type RolloutKey, type RolloutRow, rolloutColumns } from "./rollout.ts";

/** What a rollout is brought on with. */
export interface Rolling {
  readonly database: Database;
  readonly client: Client;
  readonly keys: Keys;
  /** Interrupts it: the next worker goes on. */
  readonly signal: AbortSignal;
  /** Between two looks at a group, in milliseconds. */
  readonly intervalMs: number;
  /** Told when the service throttles a request. */
  readonly onThrottled: (delayMs: number) => void;
}

/** What a turn works with. */
interface Turn extends Rolling {
  /** The key that requests are signed with. */
  readonly signer: UsableKey;
  readonly note: Note;
}

/** Changes a rollout that is in one of these states. */
type Note = (states: string, set: string, values?: readonly unknown[]) => Promise<number>;

/** What this process has in hand. */
const inHand = new Map<string, Promise<void>>();

/**
 * Brings a rollout on as far as that goes: plans it when its image is made, and rolls out what is approved. Of one whose job was lost
 * to this very process, the earlier hand ends first.
 */
export async function roll(rolling: Rolling, key: RolloutKey): Promise<void> {
  const name = JSON.stringify(keyValues(key));
  const before = inHand.get(name) ?? Promise.resolve();
  const mine = before.then(() => bringOn(rolling, key));
  const settled = mine.catch(() => {});
  inHand.set(name, settled);
  try {
    await mine;
  } finally {
    if (inHand.get(name) === settled) inHand.delete(name);
  }
}

async function bringOn(rolling: Rolling, key: RolloutKey): Promise<void> {
  const { database, client, keys } = rolling;
  const { leftMs, isThrottled } = await restOf(database, key);
  const signer = leftMs > 0 ? undefined : await keys.usable(key, client, rolling);
  // The next sweep looks again.
  if (signer === undefined) return;
  const note: Note = (states, set, values = []) =>
    database.change(
      `update aps_fleet.rollout o set ${set}, changed_at = now() where ${isRollout} and o.state in (${states})`,
      [...keyValues(key), ...values],
    );
  const turn = { ...rolling, signer, note };
  if ((await read(database, key))?.state === "waiting") await plan(turn, key);
  const row = await read(database, key);
  if (row?.state === "approved" || row?.state === "rolling") await move(turn, row);
  if (isThrottled) await endRest(database, key);
}

async function read(database: Database, key: RolloutKey): Promise<RolloutRow | undefined> {
  const [row] = await database.rows<RolloutRow>(
    `select ${rolloutColumns} from aps_fleet.rollout o where ${isRollout}`,
    keyValues(key),
  );
  return row;
}

async function plan(turn: Turn, key: RolloutKey): Promise<void> {
  const { database, client, signal, onThrottled, note } = turn;
  const [image] = await database.rows<{ state: string; imageId: string | null; options: RolloutRow["options"] }>(
    `select i.state, i.image_id as "imageId", o.options from aps_fleet.rollout o join aps_fleet.image i
         on (i.run, i.account, i.region, i.project_id, i.server_id) = (o.run, o.account, o.region, o.project_id, o.server_id)
      where ${isRollout}`,
    keyValues(key),
  );
  if (image === undefined || openImageStates.some((state) => state === image.state)) return;
  if (image.imageId === null || image.state !== "made") {
    await note("'waiting'", "state = 'refused', reason = $6", [`Its image is ${image.state}.`]);
    return;
  }
  const { maxUnavailable, canary } = image.options;
  try {
    const { serverGroupId } = key;
    const call = { signal, onThrottled };
    const made = await planRollout(client, { serverGroupId, imageId: image.imageId, maxUnavailable, canary, ...call });
    const bad = made.checks.filter(({ verdict }) => verdict === "bad").map(({ about, says }) => `${about}: ${says}`);
    const next = bad.length > 0 ? "'refused'" : "case o.approval when 'needed' then 'planned' else 'approved' end";
    await note("'waiting'", `state = ${next}, plan = $6, reason = $7`, [
      JSON.stringify(made),
      bad.length > 0 ? bad.join(" ") : null,
    ]);
  } catch (error) {
    await refuse(turn, error, "'waiting'");
  }
}

async function move(turn: Turn, row: RolloutRow): Promise<void> {
  const { database, client, signal, intervalMs, onThrottled, note, signer } = turn;
  const journal = await databaseJournal(database, row);
  const { drain, maxFailures, onFailure } = row.options;
  let told = "";
  let telling: Promise<unknown> = Promise.resolve();
  const options = {
    ...{ journal, signal, drain, maxFailures, onFailure, intervalMs, onThrottled },
    onProgress: ({ servers }: { readonly servers: unknown }) => {
      const text = JSON.stringify({ servers });
      if (text === told) return;
      told = text;
      // What is shown of it may be late. What counts is in the journal.
      telling = telling.then(() => note("'rolling'", "report = $6", [text])).catch(() => {});
    },
  };
  const given = journal.records.length > 0 ? undefined : (row.plan ?? undefined);
  try {
    const report = row.direction === "back" ? await rollBack(client, options) : await rollOut(client, given, options);
    await telling;
    const { result, reason, servers, leftovers, stoppedBy } = report;
    if (isClaimLost(stoppedBy)) return;
    const isRefused = stoppedBy instanceof ApsError && isRefusal(stoppedBy);
    // What was interrupted is taken up by the next worker.
    const end = result !== "interrupted" ? result : isRefused ? "refused" : "rolling";
    const why = isRefused ? `${reason} ${refusedHalfWay}` : (reason ?? null);
    const text = JSON.stringify({ servers, leftovers, reason });
    await note("'rolling'", "state = $8, report = $6, reason = $7", [text, why, end]);
    if (stoppedBy instanceof ApsError && isKeyRefused(stoppedBy)) await signer.refuse(stoppedBy);
  } catch (error) {
    await refuse(turn, error, "'approved', 'rolling'");
  }
}

const refusedHalfWay =
  "It was refused half-way, and what is done is kept. When the reason is gone: aps-fleet plan-again; or back: aps-fleet roll-back.";

/** Notes why nothing was begun, if the service or the plan says so for good. Else the next one tries it again. */
async function refuse({ note, signer }: Turn, error: unknown, states: string): Promise<void> {
  if (isClaimLost(error)) return;
  if (!(error instanceof ApsError)) throw error;
  if (isKeyRefused(error)) {
    await note(states, "reason = $6", [error.message]);
    await signer.refuse(error);
  } else if (isRefusal(error)) {
    await note(states, "state = 'refused', claim = null, reason = $6", [error.message]);
  } else throw error;
}

/** Whether the claim was lost. The client wraps what a journal throws, in the request or the note that it kept back. */
function isClaimLost(error: unknown): boolean {
  return error instanceof Error && (error instanceof RolloutClaimLostError || isClaimLost(error.cause));
}
