import type { Client } from "../../client.ts";
import { AmbiguousOutcomeError } from "../../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../../errors/api-error.ts";
import { ConnectionError } from "../../errors/connection-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { operations } from "../../generated/contract.ts";
import type { CallOptions } from "../../methods.ts";
import { isPassingStatus } from "../../transport/retry.ts";
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
  /**
   * Time for everything, in milliseconds: the request, finding out what became of it, and sending it again. It ends on time
   * but for what is under way, which is given up to 10 s more. The service may hold a lost request for 30 s, so with less
   * than a minute a lost answer may stay in doubt. Default: 600,000 (10 minutes).
   */
  readonly totalTimeoutMs?: number | undefined;
}

/** The job that makes the image. */
export interface StartedJob {
  readonly jobId: string;
}

const usualTotalMs = 600_000;

/**
 * Starts to make an image, once. The service has no idempotency key: when an answer is lost, this looks for the job that
 * was started and returns it, and sends the request again only when there is certainly no such job.
 *
 * Aborting it while the request is under way leaves open whether an image is being made, as the end of the process would.
 *
 * @throws ValidationError before anything is sent.
 * @throws CredentialsError when there are no credentials; nothing was started.
 * @throws ApiError when the service refuses; nothing was started.
 * @throws AmbiguousOutcomeError when it cannot be told whether the image was started. Nothing is repeated then.
 * @throws ConnectionError or TimeoutError when there was no answer within the time and the attempts of a call, and certainly
 *   nothing was started.
 */
export async function createImage(client: Client, options: CreateImageOptions): Promise<StartedJob> {
  const { serverId, name, description, executeSysprep, totalTimeoutMs = usualTotalMs, ...call } = options;
  const { maxAttempts, now, totalTimeoutMs: callTimeoutMs } = client.settings;
  const body = { name, description, execute_sysprep: executeSysprep };
  const startedAt = new Date(now());
  const deadline = startedAt.getTime() + totalTimeoutMs;
  for (let attempt = 1; ; attempt++) {
    try {
      const limits = { ...call, totalTimeoutMs: Math.min(callTimeoutMs, deadline - now()) };
      const { job_id } = await client.recreateServerImage({ path: { server_id: serverId }, body }, limits);
      return { jobId: job_id };
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!isAmbiguous(error) && !(attempt > 1 && mayBeOurs(error))) throw error;
      const found = await findStartedImage(client, { serverId, name, startedAt }, call, deadline);
      if (found.verdict === "started") return { jobId: found.jobId };
      if (found.verdict === "unknown") {
        throw new AmbiguousOutcomeError({ serverId, name, startedAt, ...found.known }, error);
      }
      if (!isAmbiguous(error) || attempt >= maxAttempts || now() >= deadline) throw error;
    }
  }
}

/**
 * Whether the service may have done the work although the call failed. Errors of other requests, such as for a token or the
 * project, say that this one was not sent. A redirect says that it was not carried out, but for 303, which says that it was.
 */
function isAmbiguous(error: unknown): boolean {
  if (!isOfRequest(error)) return false;
  if (error instanceof ConnectionError) return error.mayHaveReached;
  if (error instanceof TimeoutError) return true;
  if (!(error instanceof ApiError)) return false;
  const { status } = error;
  // A browser shows a redirect as status 0. A gateway that has throttled a request has not passed it on.
  return (status >= 200 && status < 300) || status === 303 || (isPassingStatus(status) && status !== 429);
}

/**
 * Whether a refusal may be due to an image that an earlier attempt has started late after all: the server is not in a state,
 * or its name is taken.
 */
function mayBeOurs(error: unknown): boolean {
  if (!isOfRequest(error) || !(error instanceof ApiError)) return false;
  return error.status >= 400 && error.status < 500 && ![401, 403, 404, 429].includes(error.status);
}

function isOfRequest(error: unknown): boolean {
  return (error as { operationId?: unknown } | undefined)?.operationId === operations.recreateServerImage.id;
}
