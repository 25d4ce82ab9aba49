import { type FleetJournal, type FleetRecord, replay } from "./journal.ts";

/** What a person found out about an image in doubt: the job that makes it, or that there certainly is none. */
export type FoundOut = { readonly jobId: string } | { readonly notStarted: true };

/**
 * Writes down what a person found out about an image that a journal leaves in doubt, so that the next run goes on with it:
 * it waits for the job, or sends the request again.
 *
 * @param at the time of the note, in ISO 8601. Default: now, by this machine's clock.
 * @throws TypeError when the journal does not leave an image of this server in doubt.
 */
export async function resolveDoubt(
  journal: FleetJournal,
  serverId: string,
  found: FoundOut,
  at: string = new Date().toISOString(),
): Promise<void> {
  const state = replay(journal.records).get(serverId);
  if (state?.step !== "in doubt") {
    const step = state === undefined ? "does not name it" : `has it as ${JSON.stringify(state.step)}`;
    throw new TypeError(`resolveDoubt: no image of server ${serverId} is in doubt; the journal ${step}.`);
  }
  // Requests of earlier versions have no id, and are closed one after the other.
  const open = journal.records.filter((record) => record.type === "start" && record.serverId === serverId).length;
  const starts: readonly (string | undefined)[] = state.starts.length > 0 ? state.starts : Array(open).fill(undefined);
  const [first, ...more] = starts;
  const reason = "A person found that it started nothing.";
  const records: FleetRecord[] = more.map((start) => ({ at, serverId, type: "refused", start, reason }));
  records.unshift(
    "jobId" in found
      ? { at, serverId, type: "job", start: first, jobId: found.jobId }
      : { at, serverId, type: "refused", start: first, reason },
  );
  const claim = await journal.claim?.();
  try {
    for (const record of records) {
      await claim?.check();
      await journal.append(record);
    }
  } finally {
    await claim?.release();
  }
}
