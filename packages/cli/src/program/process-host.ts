import { realPace } from "../connection/pace.ts";
import { savingOutput } from "../terminal/saving-output.ts";
import type { Host } from "./host.ts";

/** The streams, the environment, the signals and the clock of this process. */
export function processHost(): Host {
  return {
    // Asked for at first use: only few commands read it.
    get input() {
      return process.stdin;
    },
    out: savingOutput(process.stdout),
    err: process.stderr,
    environment: process.env,
    locate: (file) => file,
    clock: realPace,
    onSignal: (name, listener) => void process.on(name, listener),
    atExit: (listener) => void process.once("exit", listener),
    exit: (code) => process.exit(code),
  };
}
