import { beforeEach } from "vitest";
import { type EmbeddedDatabase, startDatabase } from "../src/embedded/start-database.ts";

/**
 * The database of a test file. Where none can be started, every test of the file is skipped, and says why.
 *
 * @returns the database; it is there whenever a test runs.
 */
export async function databaseOrSkip(): Promise<EmbeddedDatabase> {
  let why: string | undefined;
  const database = await startDatabase().catch((error: Error) => {
    [why] = error.message.split("\n");
    return undefined;
  });
  beforeEach(({ skip }) => {
    if (why !== undefined) skip(`many workers on PostgreSQL (${why})`);
  });
  return database ?? nowhere;
}

const nowhere: EmbeddedDatabase = {
  url: "postgres://127.0.0.1:1/nowhere",
  crash: () => Promise.reject(new Error("No database runs.")),
  [Symbol.asyncDispose]: async () => {},
};
