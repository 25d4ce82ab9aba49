import type { FleetRun } from "./fleet-run.ts";
import type { FleetRecord } from "./journal.ts";
import type { FleetImage } from "./outcome.ts";

/** The journal cannot be written, or is another run's by now, which ends the run. Names the job that should be noted. */
export class JournalError extends Error {
  readonly jobId: string | undefined;

  constructor(cause: unknown, jobId: string | undefined) {
    super("The journal cannot be written.", { cause });
    this.jobId = jobId;
  }
}

type Note = FleetRecord extends infer Record
  ? Record extends FleetRecord
    ? Omit<Record, "at" | "serverId">
    : never
  : never;

/**
 * Notes a step of an image, at the service's time, unless the journal is another run's by now.
 *
 * @throws JournalError when it could not be noted.
 */
export async function note(run: FleetRun, { serverId }: FleetImage, entry: Note, jobId?: string): Promise<void> {
  const at = new Date(run.client.serviceClock.now()).toISOString();
  try {
    await run.claim?.check();
    await run.journal.append({ at, serverId, ...entry } as FleetRecord);
  } catch (cause) {
    throw new JournalError(cause, jobId);
  }
}
