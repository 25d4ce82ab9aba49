import { type Format, formats, logFormats, variableOf } from "../arguments/option.ts";
import { type Given, notOne } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { LogOptions } from "../log/log.ts";
import type { Settings } from "../settings/settings.ts";
import type { Environment } from "../terminal/streams.ts";
import { type Condition, conditionOf } from "./where.ts";

/** How results are printed. */
export interface OutputOptions {
  readonly format: Format;
  /** Only these fields, by their paths. */
  readonly fields: readonly string[] | undefined;
  /** The field to sort a list by; with a hyphen before it, the other way round. */
  readonly sort: string | undefined;
  /** What items of a list must meet. */
  readonly where: readonly Condition[];
  /** A JMESPath expression. */
  readonly query: string | undefined;
  readonly headers: boolean;
  readonly wide: boolean;
}

/** @throws UsageError when a setting names a format that does not exist. */
export function outputOptionsOf(given: Given, settings: Settings): OutputOptions {
  const text = (name: string) => given.texts.get(name)?.[0];
  const fields = text("fields")
    ?.split(",")
    .map((field) => field.trim())
    .filter(Boolean);
  if (fields?.length === 0) throw new UsageError("--fields needs names of fields, such as id,status.");
  return {
    format: chosen(settings, "output", formats, "table"),
    fields,
    sort: text("sort"),
    where: (given.texts.get("where") ?? []).map(conditionOf),
    query: text("query"),
    headers: given.switches.get("no-headers") !== true,
    wide: given.switches.get("wide") === true,
  };
}

/** What is told on the error stream, and how. */
export function logOptionsOf(given: Given, settings: Settings, environment: Environment): LogOptions {
  const isDebug = given.switches.get("debug") === true || isOn(environment[variableOf("debug")]);
  const isQuiet = given.switches.get("quiet") === true;
  return {
    level: isDebug ? "debug" : isQuiet ? "quiet" : "usual",
    format: chosen(settings, "log-format", logFormats, "text"),
  };
}

function chosen<Value extends string>(settings: Settings, name: string, values: readonly Value[], usual: Value): Value {
  const setting = settings.read(name);
  if (setting === undefined) return usual;
  const found = values.find((value) => value === setting.value);
  if (found === undefined) throw new UsageError(notOne(setting.from, setting.value, values));
  return found;
}

function isOn(text: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== "0" && text !== "false";
}
