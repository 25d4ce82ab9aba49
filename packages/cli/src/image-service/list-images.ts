import {
  ApiError,
  type CallOptions,
  type Client,
  ConnectionError,
  methodsOf,
  paginateImages,
  type ServiceImage,
  TimeoutError,
} from "@workspace-aps/client";
import { listImages as operation } from "@workspace-aps/client/ims";
import type { Context } from "../program/context.ts";
import { refuseUnknownHost } from "./host.ts";
import { ImageServiceError } from "./image-service-error.ts";

/**
 * Lists private images.
 *
 * @param query which: those of a name; and how many a page has.
 * @throws ImageServiceError when it refuses or is not reached.
 */
export async function listImages(
  context: Context,
  client: Client,
  query: { readonly name?: string; readonly limit?: number },
  options: Pick<CallOptions, "totalTimeoutMs"> = {},
): Promise<readonly ServiceImage[]> {
  refuseUnknownHost(context);
  const { signal } = context.interruption;
  const service = methodsOf(client, { listImages: operation });
  const found: ServiceImage[] = [];
  try {
    for await (const image of paginateImages(
      service.listImages,
      { query: { __imagetype: "private", ...query } },
      { ...options, signal },
    ))
      found.push(image);
  } catch (error) {
    signal.throwIfAborted();
    throw reasonOf(error);
  }
  return found;
}

function reasonOf(error: unknown): unknown {
  if (error instanceof ApiError) return new ImageServiceError(error.status, `status ${error.status}`);
  const isSilent = error instanceof ConnectionError || error instanceof TimeoutError;
  return isSilent ? new ImageServiceError(undefined, error.message) : error;
}
