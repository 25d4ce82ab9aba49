import { savingOutput } from "../terminal/saving-output.ts";
import { paintFor, type Streams, widthOf } from "../terminal/streams.ts";
import { type CommandInfo, catalogue } from "./catalogue.ts";
import type { Context, Runner } from "./context.ts";
import { exitCode } from "./exit-code.ts";

const widestHelp = 110;

/** Runs the command that the arguments name, on the streams of this process, and resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const streams: Streams = { out: savingOutput(process.stdout), err: process.stderr, environment: process.env };
  let info: CommandInfo | undefined;
  try {
    const all = catalogue();
    if (args[0] === "__complete") return await complete(args.slice(1), all, streams);
    if (args[0] === "help") return await help([...args.slice(1), "--help"], all, streams);
    if (args.includes("--help") || args.includes("-h")) {
      if (args[0] !== "emulator") return await help(args, all, streams);
    }
    const { findCommand } = await import("./find-command.ts");
    const found = findCommand(args, all);
    info = found.info;
    const { parse } = await import("../arguments/parse.ts");
    // The emulator reads its own options.
    const given =
      info.words === "emulator"
        ? { positionals: found.rest, texts: new Map(), switches: new Map() }
        : parse(found.rest, [...info.flags, ...info.options], info.words);
    const { listenForInterruption } = await import("./interruption.ts");
    const context: Context = { info, given, streams, interruption: listenForInterruption(process) };
    const run = await runnerOf(info);
    return await run(context);
  } catch (error) {
    const { reportFailure } = await import("../failure/report.ts");
    return await reportFailure(error, streams, args, info);
  }
}

/** Each command loads what it uses, when it is used. */
async function runnerOf(info: CommandInfo): Promise<Runner> {
  switch (info.words) {
    case "image create":
      return (await import("../commands/image-create.ts")).imageCreate;
    case "image wait":
    case "job wait":
      return (await import("../commands/wait.ts")).wait;
    case "error":
      return (await import("../commands/error.ts")).error;
    case "policy":
      return (await import("../commands/policy.ts")).policy;
    case "emulator":
      return (await import("../commands/emulator.ts")).emulator;
    case "completion":
      return (await import("../commands/completion.ts")).completion;
    default:
      return (await import("../commands/operation.ts")).operation;
  }
}

async function help(args: readonly string[], all: readonly CommandInfo[], streams: Streams): Promise<number> {
  const { commandHelp, nounHelp } = await import("../help/command.ts");
  const paint = paintFor(streams.out, streams.environment);
  const columns = Math.min(widthOf(streams.out) ?? widestHelp, widestHelp);
  const words = args.filter((arg) => !arg.startsWith("-"));
  const [noun, verb] = words;
  if (noun === undefined) streams.out.write((await import("../help/root.ts")).rootHelp());
  else {
    const infos = all.filter((info) => info.words.startsWith(`${noun} `));
    if (infos.length > 0 && verb === undefined) streams.out.write(nounHelp(noun, infos, paint, columns));
    else {
      const { findCommand } = await import("./find-command.ts");
      streams.out.write(commandHelp(findCommand(words, all).info, paint, columns));
    }
  }
  return exitCode.done;
}

/** Answers the completion script of a shell. */
async function complete(typed: readonly string[], all: readonly CommandInfo[], { out }: Streams): Promise<number> {
  const { candidates } = await import("../completion/candidates.ts");
  const found = await candidates(typed, all);
  out.write(found === "files" ? ":files\n" : found.map(({ word, about }) => `${word}\t${about}\n`).join(""));
  return exitCode.done;
}
