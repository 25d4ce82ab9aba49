// Once for all tests: one PostgreSQL, with a database that has the tables, from which each test file gets its own.
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startDatabase } from "../src/embedded/start-database.ts";
import { openFleet } from "../src/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the server is, or why there is none. */
    databaseServer: { readonly url: string } | { readonly why: string };
  }
}

/** Names a PostgreSQL to run the tests on instead of the embedded one, for a role that may create databases and roles. */
const variable = "TEST_DATABASE_URL";

/** The database that has the tables, and nothing in them. */
export const template = "aps_fleet_template";

export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env[variable];
  try {
    const embedded = given ? undefined : await startDatabase();
    const url = given || embedded?.url || "";
    await createTemplate(url);
    provide("databaseServer", { url });
    return async () => embedded?.[Symbol.asyncDispose]();
  } catch (error) {
    if (given) throw error;
    provide("databaseServer", { why: (error as Error).message.split("\n")[0] ?? "" });
    return undefined;
  }
}

async function createTemplate(url: string): Promise<void> {
  const server = new Client(url);
  await server.connect();
  await server.query(`drop database if exists ${template}`);
  await server.query(`create database ${template}`);
  await server.end();
  const client = () => {
    throw new Error("This fleet does not work.");
  };
  await using fleet = openFleet({ databaseUrl: databaseOf(url, template), client });
  await fleet.migrate();
}

/** The address of another database of the same server. */
export function databaseOf(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
