import { parseArgs } from "node:util";
import type { JobPace } from "../jobs/pace.ts";
import { readWorld } from "../world/read-world.ts";
import type { World } from "../world/world.ts";
import { options } from "./program-options.ts";
import { readText } from "./read-text.ts";

/** What the command line asks for. */
export interface Arguments {
  readonly show?: "help" | "version" | "world";
  readonly port: number;
  readonly host: string;
  readonly speed: number;
  readonly skewMs?: number;
  readonly jobs: JobPace;
  readonly seed: number;
  readonly unkind: number | false;
  readonly world?: World;
  readonly stateFile?: string;
  readonly log: "lines" | "json" | "none";
}

type Name = keyof typeof options;

/**
 * Reads the command line, and the world file that it names.
 *
 * @throws Error that says which option is wrong, which rule it breaks, and what was given.
 */
export function readArguments(args: readonly string[]): Arguments {
  const given = valuesOf(args);
  const text = (name: "port" | "host" | "speed" | "jobs" | "seed" | "log") => given.get(name) ?? options[name].default;
  const show = given.has("help")
    ? "help"
    : given.has("version")
      ? "version"
      : given.has("print-world")
        ? "world"
        : undefined;
  const [skew, unkind, world, stateFile] = (["skew", "unkind", "world", "state-file"] as const).map((name) =>
    given.get(name),
  );
  return {
    ...(show === undefined ? {} : { show }),
    port: portOf(text("port")),
    host: text("host"),
    speed: numberOf("speed", text("speed")),
    ...(skew === undefined ? {} : { skewMs: skewOf(skew) }),
    jobs: oneOf("jobs", text("jobs"), ["clock", "poll", "instant"] as const),
    seed: numberOf("seed", text("seed")),
    unkind: unkind === undefined ? false : numberOf("unkind", unkind),
    ...(world === undefined ? {} : { world: worldOf(world) }),
    ...(stateFile === undefined ? {} : { stateFile }),
    log: given.has("quiet") ? "none" : oneOf("log", text("log"), ["lines", "json", "none"] as const),
  };
}

/** The value of each option that was given; empty for a switch. Of one that is given twice, the last. */
function valuesOf(args: readonly string[]): Map<Name, string> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [
      name,
      { type: type === "string" ? type : ("boolean" as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true });
  const values = new Map<Name, string>();
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") throw new Error(`"${token.value}" is no option`);
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(options, name)) throw new Error(`${rawName} is not known`);
    const { type, ...facts } = options[name as Name];
    if (type === "boolean" && value !== undefined) throw new Error(`--${name} takes no value; given was "${value}"`);
    const isMissing = value === undefined || (!inlineValue && value.startsWith("--"));
    if (type === "string" && isMissing)
      throw new Error(`--${name} needs a value: --${name} ${"placeholder" in facts ? facts.placeholder : ""}`);
    values.set(name as Name, value ?? (type === "optional" ? options.unkind.default : ""));
  }
  return values;
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} must be a number from 0; given was "${text}"`);
}

function skewOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds)) return seconds * 1000;
  throw new Error(`--skew must be a number of seconds; given was "${text}"`);
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`--port must be a number from 0 to 65535; given was "${text}"`);
}

function oneOf<T extends string>(name: string, text: string, values: readonly T[]): T {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new Error(`--${name} must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)}; given was "${text}"`);
}

function worldOf(path: string): World {
  try {
    return readWorld(readText(path));
  } catch (error) {
    throw new Error(`--world ${path}: ${(error as Error).message}`);
  }
}
