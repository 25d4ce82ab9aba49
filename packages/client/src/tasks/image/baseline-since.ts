import type { ImageBaseline } from "./baseline.ts";
import { isIdle } from "./verdict.ts";

/**
 * The server before a request that follows on an earlier one. The earlier one seems to have started nothing, and may be carried
 * out late after all: what is new since then may be of either, and what has begun by the time of this request is no reason
 * to take it for another's.
 *
 * @param earlier the server before the earlier request, if there was one.
 * @param read the server before this one.
 */
export function baselineSince(earlier: ImageBaseline | undefined, read: ImageBaseline): ImageBaseline {
  if (isIdle(earlier?.status ?? "")) return earlier as ImageBaseline;
  return earlier?.at === undefined ? read : { ...read, at: earlier.at };
}
