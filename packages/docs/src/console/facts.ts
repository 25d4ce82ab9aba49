import type { Language } from "../edition/language.ts";
import type { SampledOperation } from "../samples/call.ts";

/** What the console needs to know of the page that it stands in. */
export interface ConsoleFacts {
  readonly language: Language;
  readonly operation: SampledOperation;
  readonly parameters: readonly ConsoleParameter[];
  /** The example of the body, as JSON text. */
  readonly body: string | undefined;
  /** Whether the operation looks at jobs, so that one should be there. */
  readonly looksAtJobs: boolean;
  /** Whether it makes an image, which the task `createImage` does once and only once. */
  readonly makesImage: boolean;
  /** How long its job usually takes, when it starts one. */
  readonly jobSeconds: number | undefined;
  /** What may go wrong with a call, with codes of the contract. */
  readonly errors: Readonly<Record<"throttled" | "unavailable" | "failed", ErrorAnswer>>;
}

/** An error that is answered, or that ends a job. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A parameter that can be edited. */
export interface ConsoleParameter {
  readonly name: string;
  readonly place: "path" | "query";
  readonly required: boolean;
  /** The values that it may have; any when empty. */
  readonly values: readonly string[];
  readonly isNumber: boolean;
  /** What the service takes when it is left out. */
  readonly defaultValue: string | undefined;
  readonly value: string;
}
