import { UsageError } from "./usage-error.ts";

/** A noun was typed without one of its verbs, so that only the help of the noun can be named. */
export class UnknownCommandError extends UsageError {
  override name = "UsageError";
  readonly noun: string;

  constructor(message: string, noun: string) {
    super(message);
    this.noun = noun;
  }
}
