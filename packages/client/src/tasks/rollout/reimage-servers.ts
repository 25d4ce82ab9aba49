import { ApiError } from "../../errors/api-error.ts";
import { lookAtJob } from "../job/look-at-job.ts";
import { runBatch } from "../server/run-batch.ts";
import { serverJobs } from "../server/server-jobs.ts";
import { note, type RolloutRun, reading, writing } from "./rollout-run.ts";
import { serverOf, targetOf } from "./rollout-state.ts";
import { isBroken, isReady, type SeenServer, seenServer } from "./seen-server.ts";

const mostAttempts = 5;

/**
 * Re-images servers that nobody is on, or installs the image of broken ones again. Every server is read once more by itself
 * right before. What becomes of a request without an answer, or with a refusal, is found out at later looks.
 */
export async function reimageServers(
  run: RolloutRun,
  servers: readonly SeenServer[],
  action: "change" | "reinstall",
): Promise<void> {
  const { methods, state } = run;
  const client = { ...run.client, ...methods };
  const { imageId, imageType, imageProductId } = targetOf(state);
  const ids: string[] = [];
  for (const { id } of servers) {
    if (serverOf(state, id).attempts >= mostAttempts) {
      await note(run, { type: "failed", serverId: id, reason: "The request could not be sent." });
      continue;
    }
    const now = await readFresh(run, id);
    if (now === undefined || !isFree(now, action)) {
      run.emptyLooks.set(id, 0);
      continue;
    }
    await note(run, { type: "reimage", serverId: id, action, imageId, earlierJobId: now.jobId });
    ids.push(id);
  }
  if (ids.length === 0) return;
  const product = imageProductId === "" ? {} : { image_product_id: imageProductId };
  const osType = (state.plan?.group.osType ?? "Windows") as "Windows";
  const body = { image_id: imageId, image_type: imageType, os_type: osType, ...product };
  const request = () =>
    action === "change"
      ? runBatch(client, "batchChangeServerImage", { ids, body, ...writing(run) })
      : runBatch(client, "batchReinstallServer", { ids, ...writing(run) });
  const { made, refused } = await request().catch(async (error) => {
    // Nothing was sent: there are no credentials, or the journal is another's.
    for (const id of ids) await note(run, { type: "nothing", serverId: id });
    throw error;
  });
  for (const { id, jobId } of made) if (jobId !== undefined) await note(run, { type: "job", serverId: id, jobId });
  for (const { id, code, message, error } of refused) {
    const wasNotSent = error !== undefined && (!(error instanceof ApiError) || [401, 429].includes(error.status));
    if (wasNotSent) await note(run, { type: "nothing", serverId: id });
    else await note(run, { type: "refused", serverId: id, reason: [code, message].filter(Boolean).join(" ") });
  }
}

/** Whether a server may be re-imaged: nobody is on it, and nobody can come. A broken one is not asked to be ready. */
function isFree(now: SeenServer, action: "change" | "reinstall"): boolean {
  const isRepair = isBroken(now);
  if (!now.isDrained || (now.sessions !== 0 && !(isRepair && Number.isNaN(now.sessions)))) return false;
  return isRepair || (action === "change" && isReady(now));
}

async function readFresh(run: RolloutRun, id: string): Promise<SeenServer | undefined> {
  try {
    return seenServer(await run.methods.showServer({ path: { server_id: id } }, reading(run)));
  } catch (error) {
    run.settings.signal?.throwIfAborted();
    if (error instanceof ApiError && error.status === 401) throw error;
    return undefined;
  }
}

/** Looks at the job of a server, and notes how it ended. A success counts once the server is back with the image. */
export async function lookAtReimage(run: RolloutRun, server: SeenServer, jobId: string): Promise<void> {
  const look = await lookAtJob(run.client, serverJobs, { jobId }, reading(run));
  if (look.result === "failed") await note(run, { type: "failed", serverId: server.id, reason: look.error.message });
  else if (look.result === "made") await acceptServer(run, server);
}

/** Takes a server for moved once it is back with its image, and the caller's check is content. */
export async function acceptServer(run: RolloutRun, server: SeenServer): Promise<void> {
  const { id, name, machineName, imageId } = server;
  const request = serverOf(run.state, id).reimage;
  if (!isReady(server) || imageId !== request?.imageId) return;
  const { verify } = run.settings;
  if (verify !== undefined && run.state.turned === undefined) {
    const reason = await problemOf(async () => verify({ id, name, machineName, imageId }));
    // A check that was cut off with the run has said nothing about the server: it is asked again.
    run.settings.signal?.throwIfAborted();
    if (reason !== undefined) return note(run, { type: "failed", serverId: id, reason });
  }
  await note(run, { type: "moved", serverId: id, imageId });
}

async function problemOf(check: () => Promise<unknown>): Promise<string | undefined> {
  try {
    return (await check()) === false ? "The check has refused it." : undefined;
  } catch (error) {
    return `The check has failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
