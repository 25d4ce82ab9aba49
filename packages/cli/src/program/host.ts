import type { Readable } from "node:stream";
import type { Pace } from "../connection/pace.ts";
import type { Streams } from "../terminal/streams.ts";

/** The requests to end that a program may get. */
export const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** A signal that asks the program to end. */
export type EndSignal = (typeof endSignals)[number];

/** All that a run of the program has of the world around it: that of its process, or that of a test. */
export interface Host extends Streams {
  /** Standard input. */
  readonly input: Readable;
  /** Where a file that was named is, as seen from the working folder. */
  locate(file: string): string;
  /** Real time, unless a test has another. */
  readonly clock: Pace;
  /** Calls the listener at every request to end. */
  onSignal(name: EndSignal, listener: () => void): void;
  /** Calls the listener when the program ends, however it does. */
  atExit(listener: () => void): void;
  /** Ends the program at once. */
  exit(code: number): void;
}
