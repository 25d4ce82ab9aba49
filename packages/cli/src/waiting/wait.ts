import {
  ApiError,
  ApsError,
  type FullClient,
  JobFailedError,
  type MadeImage,
  waitForImageJob,
} from "@workspace-aps/client";
import { job as facts } from "../generated/job.ts";
import { briefly } from "../log/in-words.ts";
import type { EndedJob } from "../output/ended-job.ts";
import { type Kind, kindOf, productOf } from "./kind.ts";
import type { Waiting } from "./options.ts";
import type { Progress, Watched } from "./progress.ts";

/** What to wait for, and how. */
export interface WaitRequest extends Waiting {
  readonly jobId: string;
  /** What is being made, such as the image's name. */
  readonly label?: string;
  /** The kind of the job, where it is known before the first look. */
  readonly kind?: Kind | undefined;
  /** The server that the image is made from, when its state is to be shown too. */
  readonly serverId?: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Waits for a job of any kind and shows how it goes. Throws what the client throws. */
export async function waitAndShow(client: FullClient, request: WaitRequest): Promise<EndedJob> {
  const { jobId, label, kind, serverId, signal, progress, ...waiting } = request;
  const watched: Watched = { jobId, label, kind, startedAtMs: client.settings.now() };
  const watchServer = serverWatch(client, serverId, signal);
  let seen: MadeImage["job"] | undefined;
  progress.changed(watched);
  try {
    const { job, imageId, imageName } = await waitForImageJob(client, jobId, {
      ...(kind === undefined ? {} : { timeoutMs: facts.kinds[kind].limitSeconds * 1_000 }),
      ...waiting,
      signal,
      onProgress: ({ status, error, job }) => {
        seen = job ?? seen;
        const ended = job !== undefined && hasEnded(status);
        if (job !== undefined) watched.status = status;
        // The state that the server was seen in before is not the one that it has now.
        if (ended) watched.serverStatus = undefined;
        watched.hasEnded = ended;
        watched.kind = kindOf(job?.job_type) ?? watched.kind;
        const [begunAt, endedAt] = [Date.parse(job?.begin_time ?? ""), Date.parse(job?.end_time ?? "")];
        // The time of the job, and not of who looks at it.
        if (ended && endedAt >= begunAt) watched.startedAtMs = client.settings.now() - (endedAt - begunAt);
        else if (begunAt < client.settings.now()) watched.startedAtMs = Math.min(watched.startedAtMs, begunAt);
        watched.trouble = error === undefined ? undefined : briefly(error);
        progress.changed(watched);
        if (ended) return;
        void watchServer().then((state) => {
          watched.serverStatus = state;
        });
      },
    });
    return { job, resource: { id: imageId, name: imageName } };
  } catch (error) {
    if (seen !== undefined && needsNoResult(seen, error)) return { job: seen };
    throw error;
  } finally {
    progress.ended(watched);
  }
}

function hasEnded(status: string): boolean {
  return ([...facts.states.done, ...facts.states.failed] as readonly string[]).includes(status);
}

/** A job that makes nothing names nothing, which the client takes for a fault. */
function needsNoResult({ status, job_type }: MadeImage["job"], error: unknown): boolean {
  const kind = kindOf(job_type);
  const isDone = (facts.states.done as readonly string[]).includes(status);
  const isFault = error instanceof ApsError && !(error instanceof JobFailedError);
  return isDone && isFault && kind !== undefined && productOf(kind) === undefined;
}

/** Looks at the server as long as that is allowed. Its state only serves people, so no failure ends the waiting. */
function serverWatch(client: FullClient, serverId: string | undefined, signal: AbortSignal) {
  let allowed = serverId !== undefined;
  let last: string | undefined;
  return async (): Promise<string | undefined> => {
    if (!allowed || serverId === undefined) return undefined;
    try {
      const server = await client.showImageServer({ path: { server_id: serverId } }, { signal });
      last = typeof server.status === "string" ? server.status : undefined;
    } catch (error) {
      allowed = !(error instanceof ApiError && error.status < 500);
    }
    return last;
  };
}
