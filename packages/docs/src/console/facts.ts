import type { BatchAnswers } from "../contract/batch.ts";
import type { JobFamilyName } from "../contract/document.ts";
import type { Language } from "../edition/language.ts";
import type { SampledOperation } from "../samples/call.ts";
import type { FormField } from "./form-field.ts";

/** What the console needs to know of the page that it stands in. */
export interface ConsoleFacts {
  readonly language: Language;
  readonly operation: SampledOperation;
  readonly parameters: readonly ConsoleParameter[];
  /** The example of the body, as JSON text. */
  readonly body: string | undefined;
  /** The fields of the body; none when there is no body. */
  readonly fields: readonly FormField[];
  /** The family of jobs that the operation looks at, so that one should be there. */
  readonly looksAtJobs: JobFamilyName | undefined;
  /** Whether it makes an image, which the task `createImage` does once and only once. */
  readonly makesImage: boolean;
  /** Where a call with several ids has them, and where its answer says of each what became of it. */
  readonly batch: { readonly ids: string; readonly answers: BatchAnswers } | undefined;
  /** How long its job usually takes, when it starts one on an image server, which the console follows. */
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
export interface ConsoleParameter extends FormField {
  readonly place: "path" | "query";
  readonly value: string;
}
