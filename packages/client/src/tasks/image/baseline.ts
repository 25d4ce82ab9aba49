import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { CallOptions } from "../../method.ts";
import { parseHttpDate } from "../../transport/http-date.ts";
import { imageMethods } from "./image-methods.ts";

/**
 * What an image server was like before an image of it was asked for: what tells a new image from an old one later. Plain
 * JSON without secrets, for a journal or a row of a database.
 */
export interface ImageBaseline {
  /** The service's time of the look, in ISO 8601. Absent where a browser hides the header `Date`. */
  readonly at?: string | undefined;
  /** Absent when the service does not let the caller see the server; nothing can be told from it then. */
  readonly status?: string | undefined;
  /** Id of the image that was last made from it, empty when there is none. */
  readonly imageId?: string | undefined;
  readonly updateTime?: string | undefined;
}

/**
 * Reads what {@link startImage} needs to know from before its request. Note it where it outlives the process, before
 * anything is sent.
 *
 * @returns only the time, when the permission to see the server is missing (403).
 * @throws ApiError when there is no such server, or the service refuses otherwise. Nothing was started.
 */
export async function readBaseline(client: Client, serverId: string, call: CallOptions = {}): Promise<ImageBaseline> {
  let at: string | undefined;
  const onResponse = ({ headers }: Response) => {
    const ms = parseHttpDate(headers.get("Date"));
    if (ms !== undefined) at = new Date(ms).toISOString();
  };
  try {
    const server = await imageMethods(client).showImageServer(
      { path: { server_id: serverId } },
      { ...call, onResponse },
    );
    return {
      at,
      status: textOf(server.status),
      imageId: textOf(server.image_id),
      updateTime: textOf(server.update_time),
    };
  } catch (error) {
    if (error instanceof ApiError && error.status === 403 && error.code !== undefined) return { at };
    throw error;
  }
}

/** Text of an answer; null and what is left out are empty. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
