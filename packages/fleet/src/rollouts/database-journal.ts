import { randomUUID } from "node:crypto";
import type { RolloutJournal, RolloutRecord } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { groupIsFree, isRollout, keyValues, type RolloutKey } from "./rollout.ts";

/**
 * The claim on a rollout was lost, or is not to be had: another worker has it, it was sent back, or another run moves the group.
 * Whoever has lost it sends and notes nothing more.
 */
export class RolloutClaimLostError extends Error {
  override name = "RolloutClaimLostError";

  constructor({ run, serverGroupId }: RolloutKey) {
    super(`The rollout of server group ${serverGroupId} in run ${run} is not this worker's.`);
  }
}

/**
 * The journal of a rollout, in the database. Its claim is asked for before every request and is a part of every note, so that two
 * workers never both move servers: one that slept finds that its claim is void.
 */
export async function databaseJournal(database: Database, key: RolloutKey): Promise<RolloutJournal> {
  const values = keyValues(key);
  const records: RolloutRecord[] = [];
  const read = async () => {
    const rows = await database.rows<{ record: RolloutRecord }>(
      `select o.record from aps_fleet.rollout_record o where ${isRollout} order by o.number`,
      values,
    );
    records.splice(0, records.length, ...rows.map(({ record }) => record));
  };
  await read();
  let claim: string | undefined;
  return {
    records,
    async append(record) {
      const written = await database.change(
        `insert into aps_fleet.rollout_record (run, account, region, project_id, server_group_id, record)
         select o.run, o.account, o.region, o.project_id, o.server_group_id, $6
           from aps_fleet.rollout o where ${isRollout} and o.claim = $7 for update`,
        [...values, JSON.stringify(record), claim],
      );
      if (written === 0) throw new RolloutClaimLostError(key);
      records.push(record);
    },
    async claim() {
      const mine = randomUUID();
      const taken = await database.change(
        `update aps_fleet.rollout o set claim = $6, state = 'rolling', changed_at = now()
          where ${isRollout} and o.state in ('approved', 'rolling') and ${groupIsFree}`,
        [...values, mine],
      );
      if (taken === 0) throw new RolloutClaimLostError(key);
      claim = mine;
      await read();
      return {
        async check() {
          const found = await database.rows(`select 1 from aps_fleet.rollout o where ${isRollout} and o.claim = $6`, [
            ...values,
            mine,
          ]);
          if (found.length === 0) throw new RolloutClaimLostError(key);
        },
        async release() {
          await database.change(`update aps_fleet.rollout o set claim = null where ${isRollout} and o.claim = $6`, [
            ...values,
            mine,
          ]);
        },
      };
    },
  };
}
