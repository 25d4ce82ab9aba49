import type { Client } from "../../client.ts";
import { AmbiguousOutcomeError } from "../../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../../errors/api-error.ts";
import { ConnectionError } from "../../errors/connection-error.ts";
import { NotSentError } from "../../errors/not-sent-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { recreateServerImage } from "../../generated/operations.ts";
import type { CallOptions } from "../../method.ts";
import { isPassingStatus } from "../../transport/retry.ts";
import { validate } from "../../validation/validate.ts";
import { resumeToken } from "../job/resume-token.ts";
import { settleMs } from "../service-time.ts";
import { type ImageBaseline, readBaseline } from "./baseline.ts";
import { baselineSince } from "./baseline-since.ts";
import { type Finding, findStartedImage, searchMs } from "./find-started-image.ts";
import { imageMethods } from "./image-methods.ts";
import type { LostRequest } from "./verdict.ts";

/** The image to make of one server. The limits are those of RecreateServerImage in the contract. */
export interface ImageToMake {
  /** Id of the image server, which must be ACTIVE or BUILT. */
  readonly serverId: string;
  /** Name of the image: 1 to 128 characters. A lost request is found again by it. */
  readonly name: string;
  /** Description of the image: up to 1,024 characters. */
  readonly description?: string | undefined;
  /** Whether to run Sysprep first. Default: left to the service, which does not say. */
  readonly executeSysprep?: boolean | undefined;
}

/** How to start an image. */
export interface StartImageOptions extends CallOptions {
  /**
   * The server before this request, from {@link readBaseline}, when it is noted somewhere before the request is sent.
   * Default: read here, which is one more GET.
   */
  readonly baseline?: ImageBaseline | undefined;
  /** An earlier request for the same image whose answer is not known. It is looked for first. */
  readonly earlier?: { readonly baseline?: ImageBaseline | undefined } | undefined;
  /** Jobs that are known to be of other requests, such as earlier tries. It may grow meanwhile. Default: none. */
  readonly otherJobIds?: Iterable<string> | undefined;
  /**
   * Time for everything, in milliseconds: the request, finding out what became of it, and sending it again. It ends on time
   * but for what is under way, which is given up to 10 s more. It takes up to 155 s to be sure that a request that was lost
   * or refused has started nothing, so with less than 5 minutes it may stay in doubt. Default: 600,000 (10 minutes).
   */
  readonly totalTimeoutMs?: number | undefined;
}

/** The job that makes the image. */
export interface StartedImage {
  readonly jobId: string;
  /** Goes on with the job anywhere; see {@link resumeToken}. */
  readonly resumeToken: string;
  /** The server before the request. */
  readonly baseline: ImageBaseline;
}

/** What is known of a request that stays in doubt. */
type Doubt = Exclude<Finding, { readonly verdict: "started" }>;

const usualTotalMs = 600_000;

/**
 * Starts to make an image, once, and does not wait for it. The service has no idempotency key. So the server is read before
 * the request; when the answer is lost, or refuses what may be due to this very request, this looks for the job that was
 * started and resolves to it. The request is sent again only when certainly nothing was started.
 *
 * Aborting it while the request is under way leaves open whether an image is being made, as the end of the process would.
 *
 * @throws ValidationError before anything is sent.
 * @throws NotSentError when `beforeSend` throws; CredentialsError when there are no credentials. Nothing was started.
 * @throws ApiError when the service refuses; nothing was started.
 * @throws AmbiguousOutcomeError when it cannot be told whether the image was started, with every job that may be it.
 * @throws ConnectionError or TimeoutError when there was no answer within the time and the attempts of a call, and certainly
 *   nothing was started.
 */
export async function startImage(
  client: Client,
  image: ImageToMake,
  options: StartImageOptions = {},
): Promise<StartedImage> {
  const { serverId, name, description, executeSysprep } = image;
  const { baseline: given, earlier, otherJobIds, beforeSend, totalTimeoutMs = usualTotalMs, ...call } = options;
  const { maxAttempts, monotonicNow: now, totalTimeoutMs: callMs } = client.settings;
  const body = { name, description, execute_sysprep: executeSysprep };
  const path = { server_id: serverId };
  if (client.settings.validate) validate(recreateServerImage, { path: { ...path, project_id: "unknown" }, body });
  const deadline = now() + totalTimeoutMs;
  const left = () => deadline - now();
  const startedAt = client.serviceClock.now();
  let baseline = earlier?.baseline ?? {};
  let wasThrottled = false;
  const onThrottled = (delayMs: number) => {
    wasThrottled = true;
    call.onThrottled?.(delayMs);
  };

  const lost = (): LostRequest => ({ serverId, name, baseline, otherJobIds });
  const started = async (jobId: string): Promise<StartedImage> => ({
    jobId,
    resumeToken: resumeToken({ jobId, ...(await placeOf(client)) }),
    baseline,
  });
  const inDoubt = ({ verdict: _, isOthers: __, ...seen }: Doubt, cause: unknown) =>
    new AmbiguousOutcomeError({ serverId, name, startedAt: new Date(baseline.at ?? startedAt), ...seen }, cause);

  if (earlier !== undefined) {
    const found = await findStartedImage(client, lost(), call, { deadline });
    if (found.verdict === "started") return started(found.jobId);
    if (found.verdict === "unknown") throw inDoubt(found, undefined);
  }
  const read = given ?? (await readBaseline(client, serverId, { ...call, totalTimeoutMs: Math.min(callMs, left()) }));
  baseline = baselineSince(earlier?.baseline, read);
  for (let attempt = 1; ; attempt++) {
    wasThrottled = false;
    try {
      // Throttling may last; what is left then is for finding out what became of the request.
      const limits = {
        ...call,
        beforeSend,
        onThrottled,
        totalTimeoutMs: Math.max(Math.min(callMs, left()), left() - searchMs),
      };
      const { job_id } = await imageMethods(client).recreateServerImage({ path, body }, limits);
      return await started(job_id);
    } catch (error) {
      call.signal?.throwIfAborted();
      // Whatever ends a call that was throttled before does not tell what became of it then.
      const doubt = doubtOf(error) ?? (wasThrottled && !(error instanceof NotSentError) ? "refused" : undefined);
      if (doubt === undefined) throw error;
      const reason = error instanceof ApiError ? `status ${error.status}` : (error as Error).name;
      const found = await findStartedImage(client, lost(), call, { deadline, reason });
      if (found.verdict === "started") return started(found.jobId);
      if (doubt === "refused" && found.verdict === "unknown" && found.isOthers) throw error;
      if (found.verdict === "unknown") throw inDoubt(found, error);
      // A request for whose loss no time would be left is not sent.
      if (doubt === "refused" || attempt >= maxAttempts || left() < settleMs) throw error;
    }
  }
}

/** Where a job of the client is found again. The request that started it has looked the project up. */
async function placeOf({ settings, projectId }: Client) {
  return { endpoint: settings.endpoint, projectId: await projectId().catch(() => undefined) };
}

/**
 * Whether the service may have done the work although the call failed: the answer is lost, or refuses what this very
 * request may be the reason for, since something in between may have sent it twice. Throttling may have met the second of two
 * as well. Errors of other requests, such as for a token or the project, say that this one was not sent. A redirect is often
 * the answer after the work; 307 and 308 say that it is to be asked for elsewhere.
 */
function doubtOf(error: unknown): "lost" | "refused" | undefined {
  if ((error as { operationId?: unknown } | undefined)?.operationId !== recreateServerImage.id) return undefined;
  if (error instanceof ConnectionError) return error.mayHaveReached ? "lost" : undefined;
  if (error instanceof TimeoutError) return "lost";
  if (!(error instanceof ApiError)) return undefined;
  const { status } = error;
  // A browser shows a redirect as status 0.
  if (status < 400) return status === 307 || status === 308 ? undefined : "lost";
  if (isPassingStatus(status)) return status === 429 ? "refused" : "lost";
  return stateRefusals.includes(status) ? "refused" : undefined;
}

/** What the state of a server, or a name that is taken, is refused with. */
const stateRefusals = [400, 409, 412, 422, 423];
