import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { openSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { createEmulator, defaultWorld, type Emulator, type EmulatorOptions } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { type Pace, realPace } from "../src/connection/pace.ts";
import type { EndSignal, Host } from "../src/program/host.ts";
import { run } from "../src/program/run.ts";

export const projectId = "a4da8115c9d8464ead3a38309130523f";
export const serverId = "25b1dd14-0c84-4558-aa57-03a6c54b8e75";
export const secret = "aps-emulator-secret-access-key";
/** The Node that runs the program; another one than that of the tests when the variable names it. */
export const node = process.env.APS_TEST_NODE ?? process.execPath;
export const program = join(import.meta.dirname, "..", "dist", "main.js");
const packageFolder = join(import.meta.dirname, "..");

/** What a run of the program left behind. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The one document of a run with `--output json`. */
  json(): Record<string, never> & { readonly [name: string]: unknown };
}

/** A run that is under way. */
export interface Running {
  readonly ended: Promise<Run>;
  /** Resolves as soon as either stream holds the text. */
  said(text: string): Promise<void>;
  /** What is on the error stream by now. */
  err(): string;
  /** Asks it to end, as Ctrl-C does. */
  interrupt(signal?: EndSignal): void;
}

/** A run in a process of its own. */
export interface RunningProcess extends Running {
  readonly process: ChildProcess;
}

/** An emulator that listens on a free port, and the environment that leads the program to it. */
export interface Target extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly environment: Readonly<Record<string, string>>;
  aps(...args: readonly string[]): Promise<Run>;
}

export async function startTarget(options: EmulatorOptions = {}): Promise<Target> {
  const emulator = createEmulator({ jobs: "poll", world: defaultWorld, ...options });
  const server = await serve(emulator, { port: 0 });
  const environment = environmentFor(server.url);
  return {
    emulator,
    environment,
    aps: (...args) => start(args, environment).ended,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Holds back what a fault delays, however slow the machine is, until the test lets it go. Pass `sleep` to the target. */
export function barrier(): { readonly sleep: () => Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { sleep: () => opened, open: () => open() };
}

export function environmentFor(endpoint: string): Record<string, string> {
  return {
    HUAWEICLOUD_SDK_AK: "APSEMULATORACCESSKEY",
    HUAWEICLOUD_SDK_SK: secret,
    APS_PROJECT_ID: projectId,
    APS_REGION: "ap-southeast-1",
    APS_ENDPOINT: endpoint,
  };
}

/** The longest that a timer takes. */
const foreverMs = 2 ** 31 - 1;

/** No profile file, and no metadata service: a test never leaves this machine. */
const nowhere = { HOME: import.meta.dirname, APS_METADATA_ENDPOINT: "http://127.0.0.1:9" };

/** The world that a run in this process is given. */
export interface StartOptions {
  /** What is on the standard input. */
  readonly input?: string | Readable;
  /** The working folder. Default: that of the package. */
  readonly cwd?: string;
  /** The clock. Default: real time. */
  readonly clock?: Pace;
  /** The size of the terminal that both streams are. Default: they are none. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/**
 * Runs the program in this process, with nothing in its environment but what is given. What only a process shows, such as
 * signals, pipes and what is left when it is killed, needs `startProcess`.
 */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { input = "", cwd = packageFolder, clock = realPace, terminal }: StartOptions = {},
): Running {
  const signals = new EventEmitter();
  const atExit = new EventEmitter();
  let exit: (code: number) => void = () => {};
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  const texts = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    ...(terminal === undefined ? {} : { isTTY: true, ...terminal }),
    write(text: string) {
      texts[name] += text;
    },
  });
  const host: Host = {
    input: typeof input === "string" ? Readable.from([Buffer.from(input)]) : input,
    out: stream("out"),
    err: stream("err"),
    environment: { ...nowhere, ...environment },
    locate: (file) => (cwd === process.cwd() ? file : resolve(cwd, file)),
    clock,
    onSignal: (name, listener) => void signals.on(name, listener),
    atExit: (listener) => void atExit.once("exit", listener),
    exit: (code) => exit(code),
  };
  let hasEnded = false;
  const ended = Promise.race([run(args, host), exited]).then((code): Run => {
    hasEnded = true;
    atExit.emit("exit");
    return { code, ...texts, json: () => JSON.parse(texts.out) };
  });
  return {
    ended,
    err: () => texts.err,
    interrupt: (signal = "SIGINT") => void signals.emit(signal),
    said: (text) =>
      said(
        text,
        () => texts.out + texts.err,
        () => hasEnded,
      ),
  };
}

/** How to run the program as a process. */
export interface ProcessOptions {
  /** A file to write the standard output to. */
  readonly stdout?: string;
  /** Another file to run, with these arguments. */
  readonly file?: string;
}

/** Runs the program in a process of its own, with nothing in its environment but what is given. */
export function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { stdout = "", file = "" }: ProcessOptions = {},
): RunningProcess {
  const child = spawn(file || node, file ? args : [program, ...args], {
    env: { ...nowhere, ...environment },
    stdio: ["ignore", stdout === "" ? "pipe" : openSync(stdout, "w"), "pipe"],
    cwd: packageFolder,
  });
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  return {
    process: child,
    ended: once(child, "close").then(([code]): Run => ({ code, out, err, json: () => JSON.parse(out) })),
    err: () => err,
    interrupt: (signal = "SIGINT") => void child.kill(signal),
    said: (text) =>
      said(
        text,
        () => out + err,
        () => child.exitCode !== null,
      ),
  };
}

async function said(text: string, all: () => string, hasEnded: () => boolean): Promise<void> {
  while (!all().includes(text)) {
    if (hasEnded()) throw new Error(`aps ended before it said "${text}":\n${all()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * A clock that tells when a wait has begun. The wait then goes on for ever, unless the clock has a speed: how many times
 * faster than real time it runs.
 */
export function watchedClock(speed?: number): { readonly clock: Pace; readonly waiting: Promise<void> } {
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const start = Date.now();
  const sleep = (ms: number, signal?: AbortSignal) => {
    if (ms > 0) begun();
    return realPace.sleep(ms === 0 || speed !== undefined ? ms / (speed ?? 1) : foreverMs, signal);
  };
  return { clock: { now: () => start + (Date.now() - start) * (speed ?? 1), sleep }, waiting };
}

/** Real time, in which every wait is short. */
export const shortWaits: Pick<StartOptions, "clock"> = {
  clock: { now: Date.now, sleep: (ms, signal) => realPace.sleep(Math.min(ms, 20), signal) },
};

/** Runs the program without a target. */
export function aps(...args: readonly string[]): Promise<Run> {
  return start(args).ended;
}
