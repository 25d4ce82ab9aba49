import { ApiError, type Client, ConnectionError, methodsOf, TimeoutError } from "@workspace-aps/client";
import { listImages as operation } from "@workspace-aps/client/ims";
import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";
import { ImageServiceError } from "./image-service-error.ts";

/** An image as the image service lists it, as far as it is shown. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly created_at?: string;
  readonly [name: string]: unknown;
}

const page = 100;

/**
 * Lists private images of the image service.
 *
 * @param filter values of its query parameters.
 * @throws ImageServiceError when it refuses or is not reached.
 */
export async function listImages(
  context: Context,
  client: Client,
  filter: { readonly id?: string; readonly name?: string },
): Promise<readonly Image[]> {
  const { signal } = context.interruption;
  const service = methodsOf(client, { listImages: operation });
  const found: Image[] = [];
  for (let marker: string | undefined; ; ) {
    const query = { __imagetype: "private", limit: page, ...filter, marker } as const;
    const { images } = await service.listImages({ query }, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw reasonOf(error, context);
    });
    found.push(...(images as unknown as readonly Image[]));
    marker = images.at(-1)?.id;
    if (images.length < page || marker === undefined) return found;
  }
}

/** What is said of it. Only for a region without the service is there no host to ask. */
function reasonOf(error: unknown, { info }: Context): unknown {
  if (error instanceof ApiError) return new ImageServiceError(error.status, `status ${error.status}`);
  if (error instanceof TypeError)
    return new UsageError("The image service is found by --region, and none is given that it knows.", info.words);
  const isSilent = error instanceof ConnectionError || error instanceof TimeoutError;
  return isSilent ? new ImageServiceError(undefined, error.message) : error;
}
