import {
  type CallOptions,
  type Client,
  type ImageBaseline,
  isIdle,
  lookAtImageJobs,
  methodsOf,
  paginate,
} from "@workspace-aps/client";
import { listImageSubJobs } from "@workspace-aps/client/operations";
import type { Database } from "../database/database.ts";
import type { QueuedRow } from "../images/image.ts";

/** How far the clocks of the database and of the service may be apart. */
const clocksMs = 600_000;

/**
 * Looks for a job that an image of the queue has already, although nothing says so: a database that failed over may have lost
 * the note of its request. It is looked for when the server is at work, or has changed since the run was submitted. A job is
 * taken for the one when it bears exactly the name of the image, no image of the fleet knows it, it is no older than the run, and
 * it agrees with what the server shows: it goes on, or has ended just now, while the server is at work, or has made the image that the server has.
 *
 * @returns the id of the job; undefined when there is none, or several.
 */
export async function findUnnoted(
  database: Database,
  client: Client,
  { account, region, projectId, serverId, name, submittedAt }: QueuedRow,
  { status = "", imageId = "", updateTime = "" }: ImageBaseline,
  call: CallOptions,
): Promise<string | undefined> {
  const sinceMs = submittedAt.getTime() + client.serviceClock.offsetMs - clocksMs;
  const isAtWork = !isIdle(status);
  if (!isAtWork && Date.parse(updateTime) < sinceMs) return undefined;
  const found = new Set<string>();
  const list = methodsOf(client, { listImageSubJobs });
  const query = { job_type: "CREATE_SERVER_IMAGE" } as const;
  for await (const job of paginate(list.listImageSubJobs, { query }, call)) {
    const { resource_name: jobName, resource_id: made } = job.job_resource_info ?? {};
    if (jobName !== name || Date.parse(job.begin_time ?? "") < sinceMs) continue;
    if (isAtWork || (made === imageId && imageId !== "")) found.add(job.job_id);
  }
  const known = await database.rows<{ jobId: string }>(
    `select distinct unnest(other_job_ids || job_id) as "jobId" from aps_fleet.image
      where account = $1 and region = $2 and project_id = $3 and server_id = $4`,
    [account, region, projectId, serverId],
  );
  for (const { jobId } of known) found.delete(jobId);
  if (isAtWork) {
    const looks = await lookAtImageJobs(client, found, call);
    for (const [jobId, { result }] of looks) if (result !== "running" && result !== "made") found.delete(jobId);
  }
  const [only, ...more] = found;
  return more.length === 0 ? only : undefined;
}
