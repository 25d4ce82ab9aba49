import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, defaultWorld, type Emulator, type EmulatorOptions } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";

export const projectId = "a4da8115c9d8464ead3a38309130523f";
export const serverId = "25b1dd14-0c84-4558-aa57-03a6c54b8e75";
export const secret = "aps-emulator-secret-access-key";
/** The Node that runs the program; another one than that of the tests when the variable names it. */
export const node = process.env.APS_TEST_NODE ?? process.execPath;
export const program = join(import.meta.dirname, "..", "dist", "main.js");

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
  readonly process: ChildProcess;
  readonly ended: Promise<Run>;
  /** Resolves as soon as either stream holds the text. */
  said(text: string): Promise<void>;
  /** What is on the error stream by now. */
  err(): string;
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

/** How to run the program. */
export interface StartOptions {
  /** A file to write the standard output to. */
  readonly stdout?: string;
  readonly stdin?: "ignore" | "pipe";
  /** The working folder. Default: that of the package. */
  readonly cwd?: string;
  /** Another file to run, with these arguments. */
  readonly file?: string;
}

/** Runs the program with nothing in its environment but what is given. */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { stdout = "", stdin = "ignore", cwd = join(import.meta.dirname, ".."), file = "" }: StartOptions = {},
): Running {
  const child = spawn(file || node, file ? args : [program, ...args], {
    // No profile file, and no metadata service: a test never leaves this machine.
    env: { HOME: import.meta.dirname, APS_METADATA_ENDPOINT: "http://127.0.0.1:9", ...environment },
    stdio: [stdin, stdout === "" ? "pipe" : openSync(stdout, "w"), "pipe"],
    cwd,
  });
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  const ended = once(child, "close").then(([code]): Run => ({ code, out, err, json: () => JSON.parse(out) }));
  return {
    process: child,
    ended,
    err: () => err,
    said: async (text) => {
      while (!out.includes(text) && !err.includes(text)) {
        if (child.exitCode !== null) throw new Error(`aps ended before it said "${text}":\n${out}${err}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** Runs the program without a target. */
export function aps(...args: readonly string[]): Promise<Run> {
  return start(args).ended;
}
