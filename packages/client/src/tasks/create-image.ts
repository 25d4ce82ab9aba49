import type { Client } from "../client.ts";
import { AmbiguousOutcomeError } from "../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { CallOptions } from "../methods.ts";
import { findStartedImage } from "./find-started-image.ts";

/** The image to make. The limits are those of RecreateServerImage in the contract. */
export interface CreateImageOptions extends CallOptions {
  /** Id of the image server, which must be ACTIVE or BUILT. */
  readonly serverId: string;
  /** Name of the image: 1 to 128 characters. */
  readonly name: string;
  /** Description of the image: up to 1,024 characters. */
  readonly description?: string | undefined;
  /** Whether to run Sysprep first. Default: left to the service, which does not say. */
  readonly executeSysprep?: boolean | undefined;
}

/** The job that makes the image. */
export interface StartedJob {
  readonly jobId: string;
}

/**
 * Starts to make an image, once. The service has no idempotency key: when an answer is lost, this looks for the job that
 * was started and returns it, and sends the request again only when there is certainly no such job.
 *
 * @throws ValidationError before anything is sent.
 * @throws ApiError when the service refuses.
 * @throws AmbiguousOutcomeError when it cannot be told whether the image was started. Nothing is repeated then.
 */
export async function createImage(client: Client, options: CreateImageOptions): Promise<StartedJob> {
  const { serverId, name, description, executeSysprep, ...call } = options;
  const body = {
    name,
    ...(description === undefined ? {} : { description }),
    ...(executeSysprep === undefined ? {} : { execute_sysprep: executeSysprep }),
  };
  const startedAt = new Date(client.settings.now());
  for (let attempt = 1; ; attempt++) {
    try {
      const { job_id } = await client.recreateServerImage({ path: { server_id: serverId }, body }, call);
      return { jobId: job_id };
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!isAmbiguous(error)) throw error;
      const found = await findStartedImage(client, { serverId, name, startedAt }, call);
      if (found.verdict === "started") return { jobId: found.jobId };
      if (found.verdict === "unknown" || attempt >= client.settings.maxAttempts) {
        throw new AmbiguousOutcomeError({ serverId, name, startedAt, ...found.known }, error);
      }
    }
  }
}

/** Whether the service may have done the work although the call failed. */
function isAmbiguous(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.mayHaveReached;
  if (error instanceof TimeoutError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status < 300);
}
