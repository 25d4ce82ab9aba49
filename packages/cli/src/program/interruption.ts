import { exitCode } from "./exit-code.ts";
import { endSignals, type Host } from "./host.ts";

/** Someone pressed Ctrl-C or closed the terminal, or the system asked the program to end. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
  /** How to find out what is not known. */
  readonly help: readonly string[];

  constructor(message: string, help: readonly string[] = []) {
    super(message);
    this.help = help;
  }
}

/** How a command learns that it is to end. */
export interface Interruption {
  /** Aborted at the first request to end, with an InterruptedError. */
  readonly signal: AbortSignal;
  /**
   * What to say when a second request ends the program at once.
   *
   * @returns what takes it back.
   */
  lastWords(say: () => void): () => void;
}

/** Listens for Ctrl-C, SIGTERM and the end of the terminal. The first ends the command in good order, the second ends the program at once. */
export function listenForInterruption(host: Pick<Host, "onSignal" | "exit">): Interruption {
  const controller = new AbortController();
  const words = new Set<() => void>();
  const listener = () => {
    if (!controller.signal.aborted) return controller.abort(new InterruptedError("Interrupted."));
    for (const say of words) say();
    host.exit(exitCode.interrupted);
  };
  for (const name of endSignals) host.onSignal(name, listener);
  return {
    signal: controller.signal,
    lastWords(say) {
      words.add(say);
      return () => void words.delete(say);
    },
  };
}
