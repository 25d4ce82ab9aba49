import { userInfo } from "node:os";
import { commands } from "./command/commands.ts";
import { clientFor, databaseUrlOf, databaseVariable } from "./command/settings.ts";
import { UsageError } from "./command/usage-error.ts";
import { SchemaError } from "./database/schema-error.ts";
import { NoDatabaseError } from "./embedded/no-database-error.ts";
import { openFleet } from "./open-fleet.ts";
import { RunError } from "./runs/run-error.ts";

const [name, ...args] = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  const ends = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ends.abort());
  if (name === "demo") {
    const { demo } = await import("./demo/demo.ts");
    const screen = { print: console.log, isTerminal: process.stdout.isTTY === true, signal: ends.signal };
    return demo(screen).catch(describe);
  }
  const command = commands[name];
  if (command === undefined) return fail(`There is no command ${name}. See aps-fleet --help`, 2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(`aps-fleet ${command.usage}\n\n${command.about}`);
    return 0;
  }
  try {
    const say = (line: string) => console.error(line);
    await using fleet = openFleet({
      databaseUrl: databaseUrlOf(process.env),
      client: clientFor(process.env),
      onProblem: (error) => say(`Tried again: ${(error as Error).message}`),
    });
    const user = userInfo().username;
    return await command.run({ fleet, args, user, say, print: (line) => console.log(line), signal: ends.signal });
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): number {
  if (error instanceof UsageError || isParseError(error))
    return fail(`${(error as Error).message} See aps-fleet ${name} --help`, 2);
  if (error instanceof RunError || error instanceof SchemaError || error instanceof NoDatabaseError)
    return fail(error.message, 2);
  const { code, message } = error as NodeJS.ErrnoException;
  // What PostgreSQL and Node say of a connection names no password.
  if (code !== undefined) return fail(`The database of ${databaseVariable} cannot be used (${code}): ${message}`, 1);
  return fail((error as Error).stack ?? String(error), 1);
}

function isParseError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS");
}

function fail(message: string, code: number): number {
  console.error(`aps-fleet: ${message}`);
  return code;
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((each) => each.length));
  const lines = Object.entries(commands).map(([each, { about }]) => `  ${each.padEnd(width)}  ${about}`);
  return [
    "Images of Workspace Application Streaming by the hundreds, over many workers.",
    "",
    "Usage: aps-fleet <command> [options]",
    "",
    ...lines,
    `  ${"demo".padEnd(width)}  Shows it on this machine: a database, a service, three workers, of which one is killed.`,
    "",
    `The database is named by ${databaseVariable}.`,
  ].join("\n");
}
