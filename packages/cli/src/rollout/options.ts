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

/** Reads how to roll out. */
export function rolloutOptionsOf({ given }: How): RolloutOptions {
  const durationOf = (name: string) => {
    const text = textOf(given, name);
    return text === undefined ? undefined : parseDuration(text, `--${name}`);
  };
  return {
    drain: {
      timeoutMs: durationOf("drain-timeout"),
      atTimeout: textOf(given, "at-timeout") as "wait" | "skip" | "logoff" | undefined,
      message: textOf(given, "message"),
      graceMs: durationOf("grace"),
    },
    maxFailures: countOf(given, "max-failures"),
    onFailure: textOf(given, "on-failure") === "roll-back" ? "roll back" : "stop",
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
