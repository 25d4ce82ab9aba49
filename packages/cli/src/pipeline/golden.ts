import type { WrittenRollout } from "../rollout/options.ts";

/** What is in the file of a pipeline, as `schemas/golden.schema.json` has it. */
export interface Golden {
  readonly image: GoldenImage;
  readonly verify?: GoldenCommand;
  readonly rollout?: GoldenRollout;
  readonly prune?: { readonly name: string; readonly keep: number };
}

/** The image to make. */
export interface GoldenImage {
  readonly server: string;
  /** With `{date}`, `{time}` and `{server}` to be filled in. */
  readonly name: string;
  readonly description?: string;
  readonly "execute-sysprep"?: boolean;
  readonly "time-zone"?: string;
  readonly "if-exists"?: "fail" | "use" | "make";
  readonly timeout?: string;
}

/** Whom the image is given to, and how. Durations are texts such as `1h30m`. */
export interface GoldenRollout extends WrittenRollout {
  readonly groups: readonly string[];
  readonly "max-unavailable"?: number | `${number}%`;
  readonly canary?: number;
  readonly verify?: GoldenCommand;
}

/** A command of the user's, for the shell. */
export interface GoldenCommand {
  readonly run: string;
  readonly timeout?: string;
}
