import { afterAll } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { type FleetOptions, openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";

/**
 * A fleet on a database of a test file's own, and a way to its tables. All of it is closed after the last test of the file. Where
 * there is no database, every test of the file is skipped, and says why.
 */
export async function fleetOrSkip(client: FleetOptions["client"]) {
  const database = await databaseOrSkip();
  const tables = openDatabase({ connectionString: database.url }, () => {});
  const fleet = openFleet({ databaseUrl: database.url, client });
  afterAll(async () => {
    await tables.close();
    await fleet[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  return { database, tables, fleet };
}
