/** A run cannot be submitted or changed as asked. Nothing was written. */
export class RunError extends Error {
  override name = "RunError";
  /** What is wrong, one line for each image or field. Empty where the message says all. */
  readonly problems: readonly string[];

  constructor(message: string, problems: readonly string[] = []) {
    super([message, ...problems].join("\n  "));
    this.problems = problems;
  }
}
