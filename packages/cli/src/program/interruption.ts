import { exitCode } from "./exit-code.ts";

/** Someone pressed Ctrl-C, or the system asked the program to end. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** How a command learns that it is to end. */
export interface Interruption {
  /** Aborted at the first request to end, with an InterruptedError. */
  readonly signal: AbortSignal;
}

/** The part of a process that this needs. */
interface SignalSource {
  on(name: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
}

/** Listens for Ctrl-C and SIGTERM. The first ends the command in good order, the second ends the program at once. */
export function listenForInterruption(source: SignalSource): Interruption {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) source.exit(exitCode.interrupted);
    else controller.abort(new InterruptedError("Interrupted."));
  };
  source.on("SIGINT", listener);
  source.on("SIGTERM", listener);
  return { signal: controller.signal };
}
