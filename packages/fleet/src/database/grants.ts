import { queueSchema } from "../work/queues.ts";

/**
 * The least rights with which everything works but `migrate`: nothing is created, dropped or altered with them.
 *
 * @param role name of a role that is there.
 */
export function grantsFor(role: string): readonly string[] {
  const name = /^[a-z_][a-z0-9_]*$/.test(role) ? role : `"${role.replaceAll('"', '""')}"`;
  const change = "grant select, insert, update, delete on";
  return [
    `grant usage on schema aps_fleet, ${queueSchema} to ${name};`,
    `grant select on aps_fleet.migration to ${name};`,
    `${change} aps_fleet.run, aps_fleet.image, aps_fleet.place, aps_fleet.schedule to ${name};`,
    `${change} aps_fleet.rollout, aps_fleet.rollout_record, aps_fleet.refused_key to ${name};`,
    `${change} all tables in schema ${queueSchema} to ${name};`,
    `grant usage on all sequences in schema ${queueSchema} to ${name};`,
    `grant execute on all functions in schema ${queueSchema} to ${name};`,
  ];
}
