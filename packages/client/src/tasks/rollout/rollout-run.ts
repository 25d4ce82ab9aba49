import type { Client } from "../../client.ts";
import type { CallOptions } from "../../method.ts";
import type { MethodsOf } from "../../methods.ts";
import type { JournalClaim } from "../journal.ts";
import type { RolloutJournal, RolloutRecord } from "./rollout-journal.ts";
import type * as rolloutOperations from "./rollout-operations.ts";
import type { RolloutSettings } from "./rollout-options.ts";
import { apply, type RolloutState } from "./rollout-state.ts";
import type { SeenServer, SessionsOn } from "./seen-server.ts";

/** What the steps of a rollout share. */
export interface RolloutRun {
  readonly client: Client;
  readonly methods: MethodsOf<typeof rolloutOperations>;
  readonly settings: RolloutSettings;
  readonly journal: RolloutJournal;
  readonly claim: JournalClaim | undefined;
  readonly state: RolloutState;
  /** The servers of the group as last seen. */
  seen: Map<string, SeenServer>;
  /** Looks in a row that have shown nobody on a server. */
  readonly emptyLooks: Map<string, number>;
  /** The open sessions on servers that were asked for at this look. */
  sessions: ReadonlyMap<string, SessionsOn>;
  /** Ids of servers whose sessions were asked for one by one, the latest last. */
  readonly turns: Set<string>;
  /** Whether the list of sessions is too long to be read at every look. */
  isCrowded: boolean;
  lookingSinceMs: number | undefined;
  /** Why nothing new is begun. */
  ending: string | undefined;
  readonly startedMs: number;
}

type Note = RolloutRecord extends infer Entry ? (Entry extends RolloutRecord ? Omit<Entry, "at"> : never) : never;

/** The journal cannot be written, which ends the run. */
class RolloutJournalError extends Error {}

/**
 * Notes a step, at the service's time, and takes it into account, unless the journal is another run's by now.
 *
 * @throws RolloutJournalError when it could not be noted.
 */
export async function note({ client, claim, journal, state }: RolloutRun, entry: Note): Promise<void> {
  const record = { at: new Date(client.serviceClock.now()).toISOString(), ...entry } as RolloutRecord;
  try {
    await claim?.check();
    await journal.append(record);
  } catch (cause) {
    throw new RolloutJournalError("The journal cannot be written.", { cause });
  }
  apply(state, record);
}

/** How requests that change something are sent: never cut off, and only while the journal is the run's own. */
export function writing({ claim, settings: { onThrottled } }: RolloutRun): CallOptions {
  return { beforeSend: () => claim?.check(), onThrottled };
}

/** How requests that read are sent. */
export function reading({ settings: { signal, onThrottled } }: RolloutRun): CallOptions {
  return { signal, onThrottled };
}
