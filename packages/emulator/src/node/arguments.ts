import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { JobPace } from "../jobs/pace.ts";
import { readWorld } from "../world/read-world.ts";
import type { World } from "../world/world.ts";

/** What the program can be told, as `parseArgs` reads it and as the help shows it. */
const options = {
  port: { type: "string", default: "4010", placeholder: "<number>", about: "port to listen on; 0 picks a free one" },
  host: { type: "string", default: "127.0.0.1", placeholder: "<address>", about: "address to listen on" },
  speed: { type: "string", default: "1", placeholder: "<factor>", about: "how much faster than real time jobs run" },
  jobs: { type: "string", default: "clock", placeholder: "<pace>", about: "clock, poll or instant" },
  seed: { type: "string", default: "1", placeholder: "<number>", about: "makes ids and faults repeatable" },
  world: {
    type: "string",
    placeholder: "<file>",
    about: "what it starts with, as JSON",
    otherwise: "the documentation's world",
  },
  "print-world": { type: "boolean", about: "prints the world that it would start with, as a file to change" },
  "state-file": {
    type: "string",
    placeholder: "<file>",
    about: "keeps everything across restarts; holds tokens",
  },
  quiet: { type: "boolean", about: "no line per request" },
  version: { type: "boolean", about: "the version" },
  help: { type: "boolean", about: "this text" },
} as const;

/** An option of the program `aps-emulator`. */
export interface ProgramOption {
  /** Without the hyphens. */
  readonly name: string;
  /** What stands for its value, such as `<number>`; undefined for a switch. */
  readonly placeholder: string | undefined;
  readonly about: string;
  /** What holds when it is left out, in words. */
  readonly byDefault: string | undefined;
}

interface OptionFacts {
  readonly placeholder?: string;
  readonly about: string;
  readonly default?: string;
  readonly otherwise?: string;
}

/** Every option of the program, in the order of its help. */
export const programOptions: readonly ProgramOption[] = Object.entries<OptionFacts>(options).map(
  ([name, { placeholder, about, default: value, otherwise = value }]) => ({
    name,
    placeholder,
    about,
    byDefault: otherwise,
  }),
);

/** The help, for the command that the program was started by. */
export function usageOf(command: string): string {
  const lines = programOptions.map(({ name, placeholder, about, byDefault }) => {
    const term = placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
    return `  ${term.padEnd(21)}${byDefault === undefined ? about : `${about.padEnd(42)}(default ${byDefault})`}`;
  });
  return `${command}: Workspace Application Streaming images, in memory, on this machine

Usage: ${command} [options]

${lines.join("\n")}

Examples:
  ${command} --speed 100                   an image takes about 15 seconds
  ${command} --print-world > world.json    then change the file, and start with --world world.json
  curl http://127.0.0.1:4010/__emulator/     what it can be told while it runs: faults, clock, reset
`;
}

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
  const { values } = parseArgs({ args: [...args], options });
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
    quiet: values.quiet === true,
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
