import type { Client, RolloutRecord } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { type JournalFileOf, type JournalKind, openJournalOf } from "../fleet/journal-file.ts";
import { commandLine } from "../help/quote.ts";

/** The first line of the journal of a rollout: where it works. */
export interface RolloutHeader {
  readonly type: "rollout";
  readonly version: 1;
  readonly at: string;
  readonly endpoint: string;
  readonly projectId: string;
}

const rollouts: JournalKind = {
  type: "rollout",
  goOn: (path) => commandLine(["rollout", "resume", "--journal", path]),
};

/**
 * Opens the journal of a rollout.
 *
 * @throws UsageError when it is of another endpoint or project, and as `openJournalOf` does.
 */
export async function openRolloutJournal(
  client: Client,
  path: string,
  { resume }: { readonly resume: boolean },
): Promise<JournalFileOf<RolloutHeader, RolloutRecord>> {
  const { endpoint } = client.settings;
  const projectId = await client.projectId();
  const header = async (found: RolloutHeader | undefined) => {
    const own: RolloutHeader = {
      type: "rollout",
      version: 1,
      at: new Date(client.settings.now()).toISOString(),
      endpoint,
      projectId,
    };
    if (found === undefined) return own;
    if (found.endpoint === endpoint && found.projectId === projectId) return found;
    const of = `is of project ${found.projectId} at ${found.endpoint}, and this command is for ${projectId} at ${endpoint}`;
    throw new UsageError(`--journal: ${path} ${of}. Nothing was sent.`);
  };
  return openJournalOf(rollouts, path, { resume, header });
}
