import type { SubJobFailure } from "../../errors/job-failed-error.ts";
import type { ImageToMake } from "../image/start-image.ts";

/** The image to make of one server. Names must differ, because a lost request is found again by the image's name. */
export type FleetImage = ImageToMake;

/** What became of one image. */
export type FleetOutcome = { readonly serverId: string; readonly name: string } & (
  | {
      readonly result: "made";
      readonly jobId: string;
      readonly imageId: string;
      readonly imageName: string;
      /**
       * How long its job took by the times of the service, in milliseconds; undefined where it showed none, and for what an earlier
       * version has noted.
       */
      readonly durationMs?: number | undefined;
    }
  /** The job ended without an image. */
  | { readonly result: "failed"; readonly jobId: string; readonly failures: readonly SubJobFailure[] }
  /** The job goes on, but the time to wait for it ran out. */
  | { readonly result: "timed out"; readonly jobId: string }
  /** The job was started, but the service does not show it. */
  | { readonly result: "not seen"; readonly jobId: string; readonly error: unknown }
  /** Nothing was started. */
  | { readonly result: "refused"; readonly error: unknown }
  /** It cannot be told whether the work was started. */
  | { readonly result: "in doubt"; readonly error: unknown }
  /** The run ended first. With a job id, the job goes on; without one, nothing was started. */
  | { readonly result: "not ended"; readonly jobId?: string }
);

/** What became of all images, in the order in which they were given. */
export interface FleetResult {
  readonly outcomes: readonly FleetOutcome[];
  readonly allMade: boolean;
  /** Why the run ended before its work: the signal's reason, refused credentials, or a journal that cannot be written. */
  readonly stoppedBy?: unknown;
}

/** How one image gets on. */
export interface FleetProgress {
  readonly image: FleetImage;
  /** recovering: looking for a request whose answer was lost. throttled: it is sent again later, as are all others. */
  readonly step: "recovering" | "sending" | "throttled" | "waiting" | "ended";
  readonly jobId?: string | undefined;
  /** Status of the job as last seen. */
  readonly status?: string | undefined;
  /** Why the last look at the job failed, or how the request was throttled. */
  readonly error?: unknown;
  /** Once it has ended. */
  readonly outcome?: FleetOutcome | undefined;
}
