import type { Database } from "../database/database.ts";
import type { Place } from "../place.ts";

/** The period of the vendor's limits, as far as any is known. */
const longestRestMs = 60_000;

/** Whether a place rests, because the service throttles it. */
export interface Rest {
  /** Milliseconds that are left of it; 0 when it may go on. */
  readonly leftMs: number;
  /** Whether nothing has been started there since it was throttled. */
  readonly isThrottled: boolean;
}

/** Reads how long no lane of a place may start anything, on whichever worker it is. */
export async function restOf(database: Database, { account, region, projectId }: Place): Promise<Rest> {
  const [row] = await database.rows<{ leftMs: number }>(
    `select greatest(0, extract(epoch from rest_until - now()) * 1000)::float8 as "leftMs"
       from aps_fleet.place where account = $1 and region = $2 and project_id = $3`,
    [account, region, projectId],
  );
  return { leftMs: row?.leftMs ?? 0, isThrottled: row !== undefined };
}

/**
 * Lets all lanes of a place rest, twice as long each time until something was started there. Throttling that other lanes meet
 * meanwhile counts once.
 *
 * @param times.firstMs how long after throttling that follows no other.
 * @param times.askedMs what the service asked for.
 */
export async function rest(
  database: Database,
  { account, region, projectId }: Place,
  { firstMs, askedMs = 0 }: { readonly firstMs: number; readonly askedMs?: number | undefined },
): Promise<void> {
  await database.change(
    `insert into aps_fleet.place as p (account, region, project_id, rest_ms, rest_until)
     values ($1, $2, $3, $4::integer, now() + greatest($4::integer, $5::integer) * interval '1 millisecond')
     on conflict (account, region, project_id) do update
       set rest_ms = case when p.rest_until > now() then p.rest_ms else least(p.rest_ms * 2, $6::integer) end,
           rest_until = greatest(
             case when p.rest_until > now() then p.rest_until
                  else now() + least(p.rest_ms * 2, $6::integer) * interval '1 millisecond' end,
             now() + $5::integer * interval '1 millisecond')`,
    [account, region, projectId, firstMs, Math.round(askedMs), longestRestMs],
  );
}

/** Notes that the service takes requests of a place again. */
export async function endRest(database: Database, { account, region, projectId }: Place): Promise<void> {
  await database.change(
    "delete from aps_fleet.place where account = $1 and region = $2 and project_id = $3 and rest_until <= now()",
    [account, region, projectId],
  );
}
