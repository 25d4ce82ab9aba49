import type { Client } from "../../client.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import type { CallOptions } from "../../method.ts";
import { within } from "../../transport/within.ts";
import { paginate } from "../paginate.ts";
import { imageMethods } from "./image-methods.ts";
import type { SubJob } from "./verdict.ts";

/** What a walk has found. */
export interface SubJobs {
  readonly subJobs: readonly SubJob[];
  /** Whether it has found as many as the service counts. */
  readonly isWhole: boolean;
}

interface Walk {
  readonly list: Promise<SubJobs>;
  readonly controller: AbortController;
  isBegun: boolean;
  /** What each that waits for it has set; the one with the most time bounds it. */
  readonly calls: Set<CallOptions>;
}

/** By what sends the requests, which copies of a client share. */
const walks = new WeakMap<object, Walk>();

/**
 * The parts of all jobs that make images. Whoever asks at the same time shares one walk through the list, which may be
 * long; it always begins after it was asked for, and ends when nobody waits for it any more.
 */
export async function imageSubJobs(client: Client, call: CallOptions): Promise<SubJobs> {
  // Who sends other credentials may see another list.
  if (call.token !== undefined || call.headers !== undefined) return walkThrough(client, call);
  const sender = "listImageSubJobs" in client ? (client.listImageSubJobs as object) : client.call;
  let walk = walks.get(sender);
  if (walk === undefined || walk.isBegun) {
    const before = walk?.list.catch(() => {});
    const controller = new AbortController();
    const begin = async () => {
      await before;
      await Promise.resolve();
      begun.isBegun = true;
      return walkThrough(client, {
        signal: controller.signal,
        onThrottled: (delayMs) => {
          for (const waiting of begun.calls) waiting.onThrottled?.(delayMs);
        },
        get totalTimeoutMs() {
          return Math.max(
            0,
            ...[...begun.calls].map(({ totalTimeoutMs = Number.POSITIVE_INFINITY }) => totalTimeoutMs),
          );
        },
      });
    };
    const begun: Walk = { list: Promise.resolve().then(begin), controller, isBegun: false, calls: new Set() };
    begun.list.catch(() => {});
    walks.set(sender, begun);
    walk = begun;
  }
  const { list, controller, calls } = walk;
  calls.add(call);
  const { totalTimeoutMs: limitMs = client.settings.totalTimeoutMs } = call;
  const late = () => {
    throw new TimeoutError(`ListImageSubJobs: no answer within ${limitMs} ms.`, limitMs);
  };
  try {
    return await within(limitMs, call.signal, late, () => list);
  } finally {
    calls.delete(call);
    if (calls.size === 0) controller.abort();
  }
}

async function walkThrough(client: Client, call: CallOptions): Promise<SubJobs> {
  const subJobs: SubJob[] = [];
  let isWhole = true;
  const onShort = () => {
    isWhole = false;
  };
  const query = { job_type: "CREATE_SERVER_IMAGE" } as const;
  const options = Object.assign(call, { onShort });
  for await (const subJob of paginate(imageMethods(client).listImageSubJobs, { query }, options)) subJobs.push(subJob);
  return { subJobs, isWhole };
}
