import type { GroupImageType, PlanOptions, RolloutOptions } from "@workspace-aps/client";
import { parseDuration } from "../arguments/duration.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";
import { numberOf } from "../settings/settings.ts";

type How = Pick<Context, "given">;

/** Reads what is to be planned. */
export function planOptionsOf({ given }: How): PlanOptions {
  const [serverGroupId, ...more] = given.positionals;
  const imageId = textOf(given, "image");
  if (serverGroupId === undefined || more.length > 0) throw new UsageError("Name one server group.");
  if (imageId === undefined) throw new UsageError("--image is required.");
  const most = textOf(given, "max-unavailable");
  if (most !== undefined && !/^([1-9]\d{0,3}|\d{1,2}%|100%)$/.test(most))
    throw new UsageError(`--max-unavailable must be a number or a share such as 25%; given was ${most}.`);
  return {
    serverGroupId,
    imageId,
    imageType: textOf(given, "image-type") as GroupImageType | undefined,
    maxUnavailable: most?.endsWith("%") ? (most as `${number}%`) : most === undefined ? undefined : Number(most),
    canary: countOf(given, "canary"),
  };
}

/** How to roll out, as it is written: by the names of options. */
export interface WrittenRollout {
  readonly "drain-timeout"?: string | undefined;
  readonly "at-timeout"?: "wait" | "skip" | "logoff" | undefined;
  readonly message?: string | undefined;
  readonly grace?: string | undefined;
  readonly "max-failures"?: number | undefined;
  readonly "on-failure"?: "stop" | "roll-back" | undefined;
  readonly interval?: string | undefined;
}

/** Reads how to roll out from the options of a command. */
export function rolloutOptionsOf({ given }: How): RolloutOptions {
  const texts = Object.fromEntries([...given.texts].map(([name, [text]]) => [name, text]));
  return rolloutOptionsFrom({ ...texts, "max-failures": countOf(given, "max-failures") }, "--");
}

/** @param before what stands before a name where it is written, such as `--`. */
export function rolloutOptionsFrom(written: WrittenRollout, before: string): RolloutOptions {
  const durationOf = (name: "drain-timeout" | "grace" | "interval") => {
    const text = written[name];
    return text === undefined ? undefined : parseDuration(text, `${before}${name}`);
  };
  return {
    drain: {
      timeoutMs: durationOf("drain-timeout"),
      atTimeout: written["at-timeout"],
      message: written.message,
      graceMs: durationOf("grace"),
    },
    maxFailures: written["max-failures"],
    onFailure: written["on-failure"] === "roll-back" ? "roll back" : "stop",
    intervalMs: durationOf("interval"),
  };
}

function textOf(given: How["given"], name: string): string | undefined {
  return given.texts.get(name)?.[0];
}

function countOf(given: How["given"], name: string): number | undefined {
  const value = textOf(given, name);
  return value === undefined ? undefined : numberOf({ value, from: `--${name}` }, { least: 0, most: 9_999 });
}
