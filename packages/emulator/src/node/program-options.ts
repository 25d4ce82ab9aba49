/** What the program can be told: as it is read, and as the help shows it. */
export const options = {
  port: { type: "string", default: "4010", placeholder: "<number>", about: "port to listen on; 0 picks a free one" },
  host: { type: "string", default: "127.0.0.1", placeholder: "<address>", about: "address to listen on" },
  speed: { type: "string", default: "1", placeholder: "<factor>", about: "how much faster than real time it runs" },
  skew: { type: "string", placeholder: "<seconds>", about: "how far its clock is ahead; may be negative" },
  jobs: { type: "string", default: "clock", placeholder: "<pace>", about: "clock, poll or instant" },
  seed: { type: "string", default: "1", placeholder: "<number>", about: "makes ids and faults repeatable" },
  unkind: { type: "optional", default: "1", placeholder: "<seed>", about: "an unkind world, see /__emulator/" },
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
  log: { type: "string", default: "lines", placeholder: "<form>", about: "lines, json or none" },
  quiet: { type: "boolean", about: "the same as --log none" },
  version: { type: "boolean", about: "the version" },
  help: { type: "boolean", about: "this text" },
} as const;

/** An option of the program `aps-emulator`. */
export interface ProgramOption {
  /** Without the hyphens. */
  readonly name: string;
  /** What stands for its value, such as `<number>`; undefined for what can stand alone. */
  readonly placeholder: string | undefined;
  readonly about: string;
  /** What holds when it is left out, in words. */
  readonly byDefault: string | undefined;
}

interface OptionFacts {
  readonly type: "string" | "boolean" | "optional";
  readonly placeholder?: string;
  readonly about: string;
  readonly default?: string;
  readonly otherwise?: string;
}

const table = Object.entries<OptionFacts>(options);

/** Every option of the program, in the order of its help. */
export const programOptions: readonly ProgramOption[] = table.map(
  ([name, { type, placeholder, about, default: value, otherwise = value }]) => ({
    name,
    placeholder: type === "optional" ? undefined : placeholder,
    about,
    byDefault: type === "optional" ? undefined : otherwise,
  }),
);

/** The help, for the command that the program was started by. */
export function usageOf(command: string): string {
  const lines = table.map(([name, { type, placeholder = "", about, default: value, otherwise = value }]) => {
    const term = type === "optional" ? `--${name}[=${placeholder}]` : `--${name} ${placeholder}`;
    const byDefault = type === "optional" || otherwise === undefined ? undefined : otherwise;
    return `  ${term.padEnd(21)}${byDefault === undefined ? about : `${about.padEnd(42)}(default ${byDefault})`}`;
  });
  return `${command}: Workspace Application Streaming images, in memory, on this machine

Usage: ${command} [options]

${lines.map((line) => line.trimEnd()).join("\n")}

Examples:
  ${command} --speed 100                   an image takes about 15 seconds
  ${command} --print-world > world.json    then change the file, and start with --world world.json
  curl http://127.0.0.1:4010/__emulator/     every fault, with an example
`;
}
