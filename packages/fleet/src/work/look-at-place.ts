import { type CallOptions, type Client, type ImageJobLook, lookAtImageJobs } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import type { Place } from "../place.ts";

/** What a look has found. */
export interface PlaceLook {
  /** How many jobs go on. */
  readonly left: number;
  readonly made: number;
  readonly failed: number;
}

/** Looks once at all jobs of a place, of whichever run, and notes those that have ended. */
export async function lookAtPlace(
  database: Database,
  client: Client,
  { account, region, projectId }: Place,
  call: Pick<CallOptions, "signal" | "onThrottled">,
): Promise<PlaceLook> {
  const place = [account, region, projectId];
  const open = await database.rows<{ jobId: string }>(
    `select job_id as "jobId" from aps_fleet.image
      where account = $1 and region = $2 and project_id = $3 and state = 'job'`,
    place,
  );
  const ended = new Map<string, ImageJobLook>();
  await lookAtImageJobs(
    client,
    open.map(({ jobId }) => jobId),
    {
      ...call,
      onLook: (jobId, look) => {
        if (look.result === "made" || look.result === "failed") ended.set(jobId, look);
      },
    },
  );
  if (ended.size > 0) await database.change(noteEnds, [...place, JSON.stringify([...ended].map(endOf))]);
  const made = [...ended.values()].filter(({ result }) => result === "made").length;
  return { left: open.length - ended.size, made, failed: ended.size - made };
}

/** All ends of one look in one statement. */
const noteEnds = `update aps_fleet.image i
    set state = e.state, image_id = e.image_id, image_name = e.image_name, failures = e.failures, reason = e.reason,
        other_job_ids = case when e.state = 'failed' then i.other_job_ids || i.job_id else i.other_job_ids end,
        changed_at = now()
   from jsonb_to_recordset($4::jsonb)
        as e(job_id text, state text, image_id text, image_name text, failures jsonb, reason text)
  where i.account = $1 and i.region = $2 and i.project_id = $3 and i.state = 'job' and i.job_id = e.job_id`;

function endOf([jobId, look]: [string, ImageJobLook]) {
  if (look.result === "made")
    return { job_id: jobId, state: "made", image_id: look.image.imageId, image_name: look.image.imageName };
  if (look.result === "failed")
    return { job_id: jobId, state: "failed", failures: look.error.failures, reason: look.error.message };
  throw new Error(`A job that is ${look.result} has not ended.`);
}
