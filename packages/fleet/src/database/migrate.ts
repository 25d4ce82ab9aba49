import type { PoolConfig } from "pg";
import { PgBoss } from "pg-boss";
import { queueSchema, queues } from "../work/queues.ts";
import type { Database } from "./database.ts";
import { grantsFor } from "./grants.ts";
import { type Migration, migrations } from "./migrations.ts";
import { SchemaError } from "./schema-error.ts";
import { installedVersion } from "./schema-version.ts";

/** Whom else a migration serves. */
export interface MigrateOptions {
  /** A role that gets the least rights with which workers and everybody else work. Default: nobody. */
  readonly workerRole?: string | undefined;
}

/** What a migration has done. */
export interface Migrated {
  /** The version before; 0 when there were no tables. */
  readonly from: number;
  readonly to: number;
}

/** Any number that nobody else locks: the letters "apsf". */
const migrationLock = 0x61707366;

/**
 * Brings the tables and the queues to the version of this program, all or nothing. Two of these at once do it one after the
 * other. Workers of versions that the new tables support may run meanwhile.
 *
 * @param steps all steps of the program, in their order.
 * @throws SchemaError when the tables are newer than this program.
 */
export async function migrateTables(
  database: Database,
  config: PoolConfig,
  { workerRole }: MigrateOptions = {},
  steps: readonly Migration[] = migrations,
): Promise<Migrated> {
  const to = steps.at(-1)?.version ?? 0;
  const migrated = await database.transaction(async (session) => {
    await session.rows("select pg_advisory_xact_lock($1)", [migrationLock]);
    const from = (await installedVersion(session))?.version ?? 0;
    if (from > to) {
      throw new SchemaError(
        `The tables of aps-fleet are of version ${from}, and this program is of version ${to}. Nothing was changed.`,
      );
    }
    await session.change("create schema if not exists aps_fleet");
    await session.change(
      "create table if not exists aps_fleet.migration (version integer primary key, supports integer not null, at timestamptz not null default now())",
    );
    for (const { version, supports, sql } of steps) {
      if (version <= from) continue;
      await session.change(sql);
      await session.change("insert into aps_fleet.migration (version, supports) values ($1, $2)", [version, supports]);
    }
    return { from, to };
  });
  const boss = new PgBoss({ ...(config as object), schema: queueSchema, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const [name, options] of Object.entries(queues)) {
      if (existing.has(name)) await boss.updateQueue(name, withoutPolicy(options));
      else await boss.createQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (workerRole !== undefined) for (const grant of grantsFor(workerRole)) await database.change(grant);
  return migrated;
}

/** The policy of a queue is for its life. */
function withoutPolicy<Options extends { policy?: unknown }>({ policy: _, ...options }: Options) {
  return options;
}
