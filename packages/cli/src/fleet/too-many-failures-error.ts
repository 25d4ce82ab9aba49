/** The run ended because more images failed than `--max-failures` allows. */
export class TooManyFailuresError extends Error {
  override name = "TooManyFailuresError";

  constructor(failures: number) {
    super(`Ended after ${failures} ${failures === 1 ? "failure" : "failures"}, as --max-failures asks for.`);
  }
}
