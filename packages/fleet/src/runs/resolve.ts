import type { FoundOut } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { RunError } from "./run-error.ts";

/** Which image is meant, what a person found, and who that is. */
export interface Resolution {
  readonly serverId: string;
  /** Where servers of two projects have the same id. */
  readonly projectId?: string | undefined;
  /** The job that makes the image, or that there certainly is none. */
  readonly found: FoundOut;
  /** Noted. */
  readonly by: string;
}

/**
 * Ends the doubt about an image by what a person found out: it goes on with the job, or is queued again. A worker that has it in
 * hand loses its claim and sends nothing.
 *
 * @throws RunError when no image of this server is in doubt in the run, or several are.
 */
export function resolve(
  database: Database,
  run: string,
  { serverId, projectId, found, by }: Resolution,
): Promise<void> {
  return database.transaction(async (session) => {
    const jobId = "jobId" in found ? found.jobId : null;
    if (jobId !== null && !/^\d{1,20}$/.test(jobId))
      throw new RunError(`A job id is of up to 20 digits; given was ${JSON.stringify(jobId)}.`);
    const changed = await session.change(
      `update aps_fleet.image i
          set state = case when $4::text is not null then 'job' when r.cancelled_at is null then 'queued' else 'cancelled' end,
              job_id = $4, claim = null, lane = null, reason = $5, candidate_job_ids = '{}',
              other_job_ids = case when $4::text is null then i.other_job_ids || i.candidate_job_ids else i.other_job_ids end,
              changed_at = now()
         from aps_fleet.run r
        where r.id = i.run and i.run = $1 and i.server_id = $2 and i.state = 'in doubt'
          and ($3::text is null or i.project_id = $3)`,
      [run, serverId, projectId ?? null, jobId, `${by} found ${jobId === null ? "no job" : `job ${jobId}`}.`],
    );
    if (changed === 1) return;
    throw new RunError(
      changed === 0
        ? `No image of server ${serverId} is in doubt in run ${run}.`
        : `Run ${run} has servers ${serverId} in several projects. Say which project is meant. Nothing was written.`,
    );
  });
}
