import type { CommandInfo } from "../command-info.ts";
import { paintFor, widthOf } from "../terminal/streams.ts";
import type { UpdateNotice } from "../update/notice.ts";
import { catalogue, catalogueOf } from "./catalogue.ts";
import type { Context, Runner } from "./context.ts";
import { exitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";

const widestHelp = 110;

/** Runs the command that the arguments name, and resolves to the exit code. */
export async function main(args: readonly string[], host: Host): Promise<number> {
  let info: CommandInfo | undefined;
  let context: Context | undefined;
  let notice: UpdateNotice | undefined;
  try {
    if (args[0] === "__complete") return await complete(args.slice(1), await catalogue(), host);
    const all = await catalogueOf((args[0] === "help" ? args[1] : args[0]) ?? "");
    if (args[0] === "help") return await help([...args.slice(1), "--help"], all, host);
    const ordered = args[0]?.startsWith("-") ? (await import("./options-last.ts")).optionsLast(args, all) : args;
    const asksHelp = args.includes("--help") || args.includes("-h");
    if (asksHelp && ordered[0] !== "emulator") return await help(ordered, all, host);
    const { findCommand } = await import("./find-command.ts");
    const found = findCommand(ordered, all);
    info = found.info;
    const { parse } = await import("../arguments/parse.ts");
    // The emulator reads its own options.
    const given =
      info.words === "emulator"
        ? { positionals: found.rest, texts: new Map(), switches: new Map() }
        : parse(found.rest, [...info.flags, ...info.options], info.words);
    const { contextOf } = await import("./make-context.ts");
    context = await contextOf(info, given, host);
    const run = await runnerOf(info);
    if (context.settings.text("update-notice") === "on")
      notice = (await import("../update/notice.ts")).beginNotice(context);
    return await run(context);
  } catch (error) {
    const { reportFailure } = await import("../failure/report.ts");
    return await reportFailure(error, { host, args, info, context });
  } finally {
    context?.watch?.end();
    context?.log.end();
    await notice?.end();
  }
}

/** Each command loads what it uses, when it is used. */
async function runnerOf(info: CommandInfo): Promise<Runner> {
  switch (info.words) {
    case "image create":
      return (await import("../commands/image-create.ts")).imageCreate;
    case "image show":
      return (await import("../commands/image-show.ts")).imageShow;
    case "pipeline run":
      return (await import("../commands/pipeline-run.ts")).pipelineRun;
    case "rollout plan":
      return (await import("../commands/rollout-plan.ts")).rolloutPlan;
    case "rollout start":
      return (await import("../commands/rollout-start.ts")).rolloutStart;
    case "rollout resume":
      return (await import("../commands/rollout-go-on.ts")).rolloutResume;
    case "rollout back":
      return (await import("../commands/rollout-go-on.ts")).rolloutBack;
    case "rollout status":
      return (await import("../commands/rollout-status.ts")).rolloutStatus;
    case "image prune":
      return (await import("../commands/image-prune.ts")).imagePrune;
    case "image resolve":
      return (await import("../commands/image-resolve.ts")).imageResolve;
    case "image wait":
    case "job wait":
      return (await import("../commands/wait.ts")).wait;
    case "server-job wait":
      return (await import("../commands/server-jobs.ts")).serverJobWait;
    case "doctor":
      return (await import("../commands/doctor.ts")).doctor;
    case "configure":
      return (await import("../commands/configure.ts")).configure;
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

async function help(args: readonly string[], all: readonly CommandInfo[], host: Host): Promise<number> {
  const { commandHelp, nounHelp } = await import("../help/command.ts");
  const paint = paintFor(host.out, host.environment);
  const columns = Math.min(widthOf(host.out) ?? widestHelp, widestHelp);
  const words = args.filter((arg) => !arg.startsWith("-"));
  const [noun, verb] = words;
  if (noun === undefined) {
    host.out.write((await import("../help/root.ts")).rootHelp(columns));
    return exitCode.done;
  }
  const ofNoun = all.filter((info) => info.words.startsWith(`${noun} `));
  const info = all.find((one) => one.words === noun || one.words === `${noun} ${verb}`);
  if (info !== undefined) host.out.write(commandHelp(info, paint, columns));
  else if (ofNoun.length > 0 && verb === undefined) host.out.write(nounHelp(noun, ofNoun, paint, columns));
  else {
    const { topics } = await import("../help/topics.ts");
    const topic = verb === undefined ? topics[noun] : undefined;
    if (topic !== undefined) host.out.write(topic.text(columns));
    // Words that are no command are told of, with what is near.
    else (await import("./find-command.ts")).refuseUnknownHelp(words, all, Object.keys(topics));
  }
  return exitCode.done;
}

/** Answers the completion script of a shell. */
async function complete(typed: readonly string[], all: readonly CommandInfo[], host: Host): Promise<number> {
  const { candidates } = await import("../completion/candidates.ts");
  const found = await candidates(typed, all, host);
  host.out.write(found === "files" ? ":files\n" : found.map(({ word, about }) => `${word}\t${about}\n`).join(""));
  return exitCode.done;
}
