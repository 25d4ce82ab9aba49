import type { Client, FleetImage } from "@workspace-aps/client";
import { ImageExistsError } from "../image-service/image-exists-error.ts";
import { listImages } from "../image-service/list-images.ts";
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
  const found: Existing[] = [];
  for (const image of images) {
    const [one] = await listImages(context, client, image.name);
    if (one !== undefined) found.push({ image, imageId: one.id });
  }
  if (wanted === "fail" && found.length > 0)
    throw new ImageExistsError(found.map(({ image, imageId }) => ({ id: imageId, name: image.name })));
  return found;
}

/** A note is not worth a longer wait than this. */
const patienceMs = 5_000;

/** Tells of an image of the name, where nothing was said of what to do then. Whoever may not ask for it hears nothing. */
export async function noteExisting(context: Context, client: Client, name: string): Promise<void> {
  const { given, log } = context;
  if (given.texts.has("if-exists")) return;
  try {
    const [one] = await listImages(context, client, name, { totalTimeoutMs: patienceMs });
    if (one === undefined) return;
    log.note(`There is an image of that name already, ${one.id}, and this makes another. See --if-exists.`);
  } catch (error) {
    log.debug(`Whether there is an image of that name is not known: ${error instanceof Error ? error.message : error}`);
  }
}
