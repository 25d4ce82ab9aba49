import { spawn } from "node:child_process";
import { parseDuration } from "../arguments/duration.ts";
import type { Host } from "../program/host.ts";
import type { GoldenCommand } from "./golden.ts";

const usualTimeout = "30m";
/** How long a command that was asked to end may take to do so. */
const graceMs = 5_000;

/** What a command of the user's needs to run. */
export interface CommandOptions {
  readonly host: Host;
  /** What it is told, beside the environment of this program. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Runs a command in the shell, in the working folder. All that it prints goes to the standard error, because the standard
 * output is for the document of the run. With the time over, or the signal, it is ended with all that it has started.
 *
 * @returns why it has failed; undefined when it ended with 0.
 * @throws the signal's reason.
 */
export async function runCommand(
  { run, timeout = usualTimeout }: GoldenCommand,
  { host, environment, signal }: CommandOptions,
): Promise<string | undefined> {
  signal.throwIfAborted();
  const timeoutMs = parseDuration(timeout, "timeout");
  const isWindows = process.platform === "win32";
  // A group of its own, so that what the shell has started ends with it.
  const child = spawn(run, {
    shell: true,
    cwd: host.locate("."),
    env: { ...host.environment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: !isWindows,
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => host.err.write(text));
  const end = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined && !isWindows) process.kill(-child.pid, name);
      else child.kill(name);
    } catch {
      // It has ended by itself.
    }
  };
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    end("SIGTERM");
    killer = setTimeout(end, graceMs, "SIGKILL");
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, timeoutMs);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [code, name] = await new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (...ended) => resolve(ended));
    });
    signal.throwIfAborted();
    if (isLate) return `it was ended after ${timeout}`;
    return code === 0 ? undefined : code === null ? `it was ended by ${name}` : `it ended with ${code}`;
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    signal.removeEventListener("abort", stop);
  }
}
