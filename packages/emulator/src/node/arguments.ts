import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { JobPace } from "../jobs/advance.ts";
import { readWorld } from "../world/read-world.ts";
import type { World } from "../world/world.ts";

/** The help, for the command that the program was started by. */
export const usageOf = (
  command: string,
): string => `${command}: Workspace Application Streaming images, in memory, on this machine

Usage: ${command} [options]

  --port <number>      port to listen on; 0 picks a free one     (default 4010)
  --host <address>     address to listen on                      (default 127.0.0.1)
  --speed <factor>     how much faster than real time jobs run   (default 1)
  --jobs <pace>        clock, poll or instant                    (default clock)
  --seed <number>      makes ids and faults repeatable           (default 1)
  --world <file>       what it starts with, as JSON              (default the documentation's world)
  --print-world        prints the world that it would start with, as a file to change
  --state-file <file>  keeps everything across restarts; holds tokens
  --quiet              no line per request
  --version            the version
  --help               this text

Examples:
  ${command} --speed 100                   an image takes about 15 seconds
  ${command} --print-world > world.json    then change the file, and start with --world world.json
  curl http://127.0.0.1:4010/__emulator/     what it can be told while it runs: faults, clock, reset
`;

/** What the command line asks for. */
export interface Arguments {
  readonly show?: "help" | "version" | "world";
  readonly port: number;
  readonly host: string;
  readonly speed: number;
  readonly jobs: JobPace;
  readonly seed: number;
  readonly world?: World;
  readonly stateFile?: string;
  readonly quiet: boolean;
}

/**
 * Reads the command line, and the world file that it names.
 *
 * @throws Error that says which option is wrong, which rule it breaks, and what was given.
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      speed: { type: "string", default: "1" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "clock" },
      world: { type: "string" },
      "print-world": { type: "boolean", default: false },
      "state-file": { type: "string" },
      quiet: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const show = values.help ? "help" : values.version ? "version" : values["print-world"] ? "world" : undefined;
  const stateFile = values["state-file"];
  return {
    ...(show === undefined ? {} : { show }),
    port: portOf(values.port),
    host: values.host,
    speed: numberOf("speed", values.speed),
    jobs: paceOf(values.jobs),
    seed: numberOf("seed", values.seed),
    ...(values.world === undefined ? {} : { world: worldOf(values.world) }),
    ...(stateFile === undefined ? {} : { stateFile }),
    quiet: values.quiet,
  };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} must be a number from 0; given was "${text}"`);
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`--port must be a number from 0 to 65535; given was "${text}"`);
}

function paceOf(text: string): JobPace {
  if (text === "clock" || text === "poll" || text === "instant") return text;
  throw new Error(`--jobs must be clock, poll or instant; given was "${text}"`);
}

function worldOf(path: string): World {
  try {
    return readWorld(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`--world ${path}: ${(error as Error).message}`);
  }
}
