import { randomUUID } from "node:crypto";
import type { ImageBaseline } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import type { Place } from "../place.ts";
import { type ImageRow, imageColumns, type QueuedRow } from "./image.ts";

/** The claim on an image was lost: another worker has taken it over. Whoever lost it sends and notes nothing more. */
export class ClaimLostError extends Error {
  override name = "ClaimLostError";

  constructor({ serverId, run }: Pick<ImageRow, "serverId" | "run">) {
    super(`The image of server ${serverId} in run ${run} was taken over by another worker.`);
  }
}

/** An image that this worker may send and note for, as long as the database says so. */
export interface Claimed {
  readonly row: ImageRow;
  /**
   * Asks the database whether the claim still holds. The last thing before every request.
   *
   * @throws ClaimLostError when it does not.
   */
  check(): Promise<void>;
  /**
   * Changes the row, if the claim holds.
   *
   * @param set assignments, with parameters from `$1`.
   * @throws ClaimLostError when it does not hold.
   */
  note(set: string, values?: readonly unknown[]): Promise<void>;
}

const ofPlace = "i.account = $1 and i.region = $2 and i.project_id = $3";
const openRun = `exists (select from aps_fleet.run r where r.id = i.run and r.cancelled_at is null and r.approval <> 'needed')`;
/** The service makes one image of a server at a time; another run may have it in hand. */
const serverIsFree = `not exists (select from aps_fleet.image o
  where o.account = i.account and o.region = i.region and o.project_id = i.project_id and o.server_id = i.server_id
    and o.run <> i.run and o.state in ('in doubt', 'job'))`;

/**
 * Takes an image over that an earlier holder of this lane has left in doubt. There is one holder of a lane at a time, so a claim
 * of this lane is one of a worker that is gone, or frozen, or cut off from the database. Takes up again, too, what nobody has
 * and is still in doubt after so long.
 */
export async function takeOver(
  database: Database,
  place: Place,
  { lane, lookAgainMs }: { readonly lane: number; readonly lookAgainMs: number },
): Promise<Claimed | undefined> {
  const claim = randomUUID();
  const [row] = await database.rows<ImageRow>(
    `update aps_fleet.image i set claim = $5, lane = $4, attempts = attempts + 1, changed_at = now()
      where (i.run, i.server_id) = (
        select i.run, i.server_id from aps_fleet.image i
         where ${ofPlace} and i.state = 'in doubt'
           and (i.lane = $4 or (i.claim is null and i.changed_at < now() - $6 * interval '1 millisecond'))
         order by i.changed_at for update skip locked limit 1)
        and ${ofPlace} and i.claim is distinct from $5
      returning ${imageColumns}`,
    [place.account, place.region, place.projectId, lane, claim, lookAgainMs],
  );
  return row && claimed(database, row, claim);
}

/** The next image of a place whose turn it is. It is not claimed yet: {@link claimWithNote} does that. */
export async function nextQueued(database: Database, place: Place, lane: number): Promise<QueuedRow | undefined> {
  const [row] = await database.rows<QueuedRow>(
    `update aps_fleet.image i set lane = $4
      where (i.run, i.server_id) = (
        select i.run, i.server_id from aps_fleet.image i
         where ${ofPlace} and i.state = 'queued' and ${openRun} and ${serverIsFree}
           and (i.lane is null or i.lane = $4)
         order by i.lane nulls last, i.attempts, i.run, i.server_id for update skip locked limit 1)
        and ${ofPlace}
      returning ${imageColumns}, (select r.created_at from aps_fleet.run r where r.id = i.run) as "submittedAt"`,
    [place.account, place.region, place.projectId, lane],
  );
  return row;
}

/** Gives an image of the queue back that was not claimed, for a reason that is shown. Those that were tried less often come first. */
export async function putBack(
  database: Database,
  { run, account, region, projectId, serverId }: ImageRow,
  reason: string,
): Promise<void> {
  await database.change(
    `update aps_fleet.image i set lane = null, attempts = attempts + 1, reason = $6, changed_at = now()
      where i.run = $1 and i.account = $2 and i.region = $3 and i.project_id = $4 and i.server_id = $5
        and i.state = 'queued' and i.claim is null`,
    [run, account, region, projectId, serverId, reason],
  );
}

/**
 * Claims an image and notes, in the same step, what its server was like: there is no claim without a note, and no request
 * without a claim. Undefined when another has it, or it was cancelled.
 */
export async function claimWithNote(
  database: Database,
  { run, account, region, projectId, serverId }: ImageRow,
  baseline: ImageBaseline,
): Promise<Claimed | undefined> {
  const claim = randomUUID();
  const [row] = await database.rows<ImageRow>(
    `update aps_fleet.image i
        set claim = $6, state = 'in doubt', reason = null, baseline = $7, attempts = attempts + 1, started_at = now(), changed_at = now()
      where i.run = $1 and i.account = $2 and i.region = $3 and i.project_id = $4 and i.server_id = $5
        and i.state = 'queued' and i.claim is null and ${openRun}
      returning ${imageColumns}`,
    [run, account, region, projectId, serverId, claim, JSON.stringify(baseline)],
  );
  return row && claimed(database, row, claim);
}

function claimed(database: Database, row: ImageRow, claim: string): Claimed {
  const key = [row.run, row.account, row.region, row.projectId, row.serverId, claim];
  const mine = (from: number) =>
    `run = $${from} and account = $${from + 1} and region = $${from + 2} and project_id = $${from + 3} and server_id = $${from + 4} and claim = $${from + 5}`;
  return {
    row,
    async check() {
      const found = await database.rows(`select 1 from aps_fleet.image where ${mine(1)}`, key);
      if (found.length === 0) throw new ClaimLostError(row);
    },
    async note(set, values = []) {
      const changed = await database.change(
        `update aps_fleet.image set ${set}, changed_at = now() where ${mine(values.length + 1)}`,
        [...values, ...key],
      );
      if (changed === 0) throw new ClaimLostError(row);
    },
  };
}
