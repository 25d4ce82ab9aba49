import { ApiError, type Client, type MadeImage, waitForImageJob } from "@workspace-aps/client";
import type { Waiting } from "./options.ts";
import type { Progress, Watched } from "./progress.ts";

/** What to wait for, and how. */
export interface WaitRequest extends Waiting {
  readonly jobId: string;
  readonly label: string;
  /** The server that the image is made from, when its state is to be shown too. */
  readonly serverId?: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Waits for a job and shows how it goes. Throws what the client throws. */
export async function waitAndShow(client: Client, request: WaitRequest): Promise<MadeImage> {
  const { jobId, label, serverId, signal, progress, ...waiting } = request;
  const watched: Watched = { jobId, label, status: "WAITING", startedAtMs: client.settings.now() };
  const watchServer = serverWatch(client, serverId, signal);
  progress.changed(watched);
  try {
    return await waitForImageJob(client, jobId, {
      ...waiting,
      signal,
      onProgress: ({ status, error, job }) => {
        if (job !== undefined) watched.status = status;
        watched.trouble = error === undefined ? undefined : nameOf(error);
        progress.changed(watched);
        void watchServer().then((state) => {
          watched.serverStatus = state;
        });
      },
    });
  } finally {
    progress.ended(watched);
  }
}

/** Looks at the server as long as that is allowed. Its state only serves people, so no failure ends the waiting. */
function serverWatch(client: Client, serverId: string | undefined, signal: AbortSignal) {
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

function nameOf(error: unknown): string {
  if (error instanceof ApiError) return [`status ${error.status}`, error.code].filter(Boolean).join(" ");
  return error instanceof Error ? error.name : "unknown";
}
