import type { Client, FleetImage } from "@workspace-aps/client";
import { ImageExistsError } from "../image-service/image-exists-error.ts";
import { imagesNamed } from "../image-service/images-named.ts";
import type { Context } from "../program/context.ts";

/** An image that is there already. */
export interface Existing {
  readonly image: FleetImage;
  readonly imageId: string;
}

/**
 * Asks the image service which names are taken, when `--if-exists` says what to do then.
 *
 * @returns the images that are there already and are to be skipped; undefined when it was not asked.
 * @throws ImageExistsError when some are there, and that is to be a failure.
 */
export async function existingOf(
  context: Context,
  client: Client,
  images: readonly FleetImage[],
): Promise<readonly Existing[] | undefined> {
  const wanted = context.given.texts.get("if-exists")?.[0];
  if (wanted === undefined || wanted === "make") return undefined;
  const taken = await imagesNamed(
    context,
    client,
    images.map(({ name }) => name),
  );
  const found = images.flatMap((image): Existing[] => {
    const imageId = taken.get(image.name);
    return imageId === undefined ? [] : [{ image, imageId }];
  });
  if (wanted === "fail" && found.length > 0)
    throw new ImageExistsError(found.map(({ image, imageId }) => ({ id: imageId, name: image.name })));
  return found;
}

/** A note is not worth a longer wait than this. */
const patienceMs = 5_000;

/** How many names are told. */
const toldNames = 5;

/** Tells of names that are taken, where nothing was said of what to do then. Whoever may not ask for them hears nothing. */
export async function noteExisting(context: Context, client: Client, names: readonly string[]): Promise<void> {
  const { given, log } = context;
  if (given.texts.has("if-exists")) return;
  try {
    const taken = [...(await imagesNamed(context, client, names, { totalTimeoutMs: patienceMs }))];
    const told = taken.slice(0, toldNames).map(([name, id]) => (names.length === 1 ? id : `${name} ${id}`));
    const more = taken.length > told.length ? ` and ${taken.length - told.length} more` : "";
    if (names.length === 1 && taken.length === 1)
      log.note(`There is an image of that name already, ${told}, and this makes another. See --if-exists.`);
    else if (taken.length > 0)
      log.note(
        `There are images of ${taken.length} of the ${names.length} names already (${told.join(", ")}${more}), and this makes others. See --if-exists.`,
      );
  } catch (error) {
    log.debug(
      `Whether there are images of these names is not known: ${error instanceof Error ? error.message : error}`,
    );
  }
}
