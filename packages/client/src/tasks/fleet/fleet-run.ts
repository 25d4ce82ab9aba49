import type { Client } from "../../client.ts";
import type { CreateImagesOptions } from "./fleet-options.ts";
import type { Gate } from "./gate.ts";
import type { FleetClaim, FleetJournal } from "./journal.ts";
import type { FleetProgress } from "./outcome.ts";

/** What the images of a fleet share. */
export interface FleetRun {
  readonly client: Client;
  readonly options: CreateImagesOptions;
  readonly journal: FleetJournal;
  readonly claim: FleetClaim | undefined;
  readonly gate: Gate;
  /** Every job that is known of any of the images: none is that of a request whose answer was lost. */
  readonly jobIds: Set<string>;
  /** Aborted when the run is to end before its work. */
  readonly stop: AbortController;
}

/** Tells how an image gets on. A callback that throws ends the run, and makes no image be taken for refused. */
export function tell({ options, stop }: Pick<FleetRun, "options" | "stop">, progress: FleetProgress): void {
  try {
    options.onProgress?.(progress);
  } catch (error) {
    stop.abort(error);
  }
}
