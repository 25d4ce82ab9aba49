import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { beforeEach, inject } from "vitest";
import { type EmbeddedDatabase, startDatabase } from "../src/embedded/start-database.ts";
import { databaseOf, template } from "./database-server.ts";

/** A database of a test file. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/**
 * The database of a test file, with the tables of this version. Where there is none, every test of the file is skipped, and says
 * why.
 *
 * @param options.isEmpty whether it is to be without tables. Default: false.
 */
export async function databaseOrSkip({ isEmpty = false } = {}): Promise<TestDatabase> {
  skipWithoutDatabase();
  const server = inject("databaseServer");
  if (!("url" in server)) return nowhere;
  const name = `test_${randomUUID().replaceAll("-", "_")}`;
  const ask = async (statement: string) => {
    const client = new Client(server.url);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await ask(`create database ${name} template ${isEmpty ? "template0" : template}`);
  return {
    url: databaseOf(server.url, name),
    // A worker that was killed may be connected still.
    [Symbol.asyncDispose]: () => ask(`drop database ${name} with (force)`),
  };
}

/** A server of a test file's own, for tests that kill it. */
export async function serverOrSkip(): Promise<EmbeddedDatabase> {
  let why: string | undefined;
  const server = await startDatabase().catch((error: Error) => {
    [why] = error.message.split("\n");
    return undefined;
  });
  skipAll(why);
  return server ?? { ...nowhere, crash: () => Promise.reject(new Error("No database runs.")) };
}

/** Where no embedded database can be started, skips every test of the file, and says why. */
export function skipWithoutDatabase(): void {
  const server = inject("databaseServer");
  skipAll("why" in server ? server.why : undefined);
}

function skipAll(why: string | undefined): void {
  beforeEach(({ skip }) => {
    if (why !== undefined) skip(`many workers on PostgreSQL (${why})`);
  });
}

const nowhere: TestDatabase = {
  url: "postgres://127.0.0.1:1/nowhere",
  [Symbol.asyncDispose]: async () => {},
};
