/** The image service refused a request, or was not reached. Nothing was changed. */
export class ImageServiceError extends Error {
  override name = "ImageServiceError";
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;

  constructor(status: number | undefined, problem: string) {
    super(`The image service did not list images: ${problem}.`);
    this.status = status;
  }
}
