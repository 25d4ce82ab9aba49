import type { Client } from "../../client.ts";
import type { CallOptions } from "../../method.ts";
import { paginateImages } from "../paginate-images.ts";
import { type ImageService, imageServiceOf, type ServiceImage } from "./image-service.ts";
import { usersOfImages } from "./users-of-images.ts";

/** Which images to prune. */
export interface PruneOptions extends Pick<CallOptions, "signal" | "onThrottled"> {
  /** How many of the newest that fit the pattern are kept, whether they are used or not. */
  readonly keep: number;
  /** Which images are golden images, by their names, such as `/^office-\d{4}-\d\d$/`. */
  readonly namePattern: RegExp;
  /** Whether images are deleted. Default: false, they are only shown. */
  readonly isApproved?: boolean | undefined;
  /** Images that are kept whatever they are, such as the way back of a rollout. Default: none. */
  readonly keepIds?: Iterable<string> | undefined;
}

/** What becomes of an image. */
export interface PrunedImage {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** kept: it is new, used, protected, or kept by word. to delete: it was only shown. in doubt: it is still shown. */
  readonly result: "kept" | "to delete" | "deleted" | "in doubt" | "failed";
  readonly reason: string;
}

/**
 * Finds old golden images that no server group, application server or image server uses, and that are the base of no other
 * image. Deletes them when that is approved, one after the other, and looks again at who uses an image right before.
 *
 * @returns every image that fits the pattern, newest first.
 * @throws ApiError when the service does not show who uses images; nothing is deleted then.
 */
export async function pruneImages(client: Client, options: PruneOptions): Promise<PrunedImage[]> {
  const { keep, namePattern, isApproved = false, signal, onThrottled } = options;
  const call = { signal, onThrottled };
  const service = imageServiceOf(client);
  const all = await privateImages(service, call);
  const fitting = all.filter(({ name }) =>
    new RegExp(namePattern.source, namePattern.flags.replace(/[gy]/g, "")).test(name),
  );
  fitting.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  const kept = new Set(options.keepIds);
  let users = await usersOfImages(client, all, call);
  const pruned: PrunedImage[] = [];
  for (const [index, image] of fitting.entries()) {
    signal?.throwIfAborted();
    const of = { id: image.id, name: image.name, createdAt: image.created_at };
    const reasonToKeep = () =>
      index < keep
        ? `It is among the ${keep} newest.`
        : kept.has(image.id)
          ? "It is kept by word."
          : image.protected
            ? "It is protected."
            : users.get(image.id);
    let reason = reasonToKeep();
    if (reason === undefined && isApproved) {
      users = await usersOfImages(client, all, call);
      reason = reasonToKeep();
    }
    if (reason !== undefined) pruned.push({ ...of, result: "kept", reason });
    else if (!isApproved) pruned.push({ ...of, result: "to delete", reason: "Nothing uses it." });
    else pruned.push({ ...of, ...(await remove(service, image.id, { onThrottled })) });
  }
  return pruned;
}

async function remove(
  service: ImageService,
  id: string,
  call: CallOptions,
): Promise<Pick<PrunedImage, "result" | "reason">> {
  try {
    await service.glanceDeleteImage({ path: { image_id: id } }, call);
    // The service answers with success whatever comes of it.
    const { images = [] } = await service.listImages({ query: { id, enterprise_project_id: "0" } }, call);
    if (images.some((image) => image.id === id)) return { result: "in doubt", reason: "It is still shown." };
    return { result: "deleted", reason: "Nothing used it." };
  } catch (error) {
    return { result: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function privateImages(service: ImageService, call: CallOptions): Promise<ServiceImage[]> {
  const query = { __imagetype: "private", enterprise_project_id: "0" } as const;
  const found: ServiceImage[] = [];
  for await (const image of paginateImages(service.listImages, { query }, call)) found.push(image);
  return found;
}
