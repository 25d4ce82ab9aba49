import type { Session } from "./database.ts";
import { currentVersion } from "./migrations.ts";
import { SchemaError } from "./schema-error.ts";

/** What the database says of its tables. */
interface Installed {
  readonly version: number;
  /** The oldest version whose workers may use them. */
  readonly supports: number;
}

/** The version of the tables; undefined when there are none. */
export async function installedVersion(session: Session): Promise<Installed | undefined> {
  const [table] = await session.rows<{ found: string | null }>("select to_regclass('aps_fleet.migration') as found");
  if (table?.found == null) return undefined;
  const [installed] = await session.rows<Installed>(
    "select version, supports from aps_fleet.migration order by version desc limit 1",
  );
  return installed;
}

/**
 * Makes sure that a program may use the tables.
 *
 * @param program the version of the tables that it is written for.
 * @throws SchemaError that says what to run, when they are missing, older, or newer than this version can use.
 */
export async function checkVersion(session: Session, program = currentVersion): Promise<void> {
  const installed = await installedVersion(session);
  if (installed === undefined) throw new SchemaError("The database has no tables of aps-fleet. Run: aps-fleet migrate");
  const { version, supports } = installed;
  if (version < program) {
    throw new SchemaError(
      `The tables of aps-fleet are of version ${version}, and this program needs version ${program}. Run: aps-fleet migrate`,
    );
  }
  if (supports > program) {
    throw new SchemaError(
      `The tables of aps-fleet are of version ${version}, which programs of version ${program} can no longer use. Install a newer @workspace-aps/fleet here.`,
    );
  }
}
