/** There is an image of a name already, and `--if-exists fail` was said. Nothing was started. */
export class ImageExistsError extends Error {
  override name = "ImageExistsError";
  readonly images: readonly { readonly id: string; readonly name: string }[];

  constructor(images: readonly { readonly id: string; readonly name: string }[]) {
    super(
      [
        `${images.length === 1 ? "There is an image" : `There are ${images.length} images`} of that name already. Nothing was started.`,
        ...images.map(({ id, name }) => `${name}: image ${id}`),
      ].join("\n"),
    );
    this.images = images;
  }
}
