import { variableOf } from "../arguments/option.ts";
import type { Given } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Environment } from "../terminal/streams.ts";
import { configPath, type Profiles, readProfiles, usualProfile } from "./config-file.ts";

/** A value, and where it was found. */
export interface Setting {
  readonly value: string;
  /** Such as `--region`, `APS_REGION` or `profile office`. */
  readonly from: string;
}

/** What was set, wherever it was: by an option, else by a variable, else by a profile. */
export interface Settings {
  /** @param name that of the option, without its hyphens. */
  read(name: string): Setting | undefined;
  /** The value alone. */
  text(name: string): string | undefined;
  /** The profile that was asked for by name. */
  readonly profile: Setting | undefined;
}

/**
 * Reads the settings of a run.
 *
 * @throws UsageError when the configuration file cannot be read.
 */
export async function readSettings(given: Given, environment: Environment): Promise<Settings> {
  const path = configPath(environment);
  const profiles = await readProfiles(path);
  return settingsOf(given, environment, profiles);
}

/** The settings of a run whose profiles are read. */
export function settingsOf(given: Given, environment: Environment, profiles: Profiles): Settings {
  const outside = (name: string): Setting | undefined => {
    const typed = given.texts.get(name)?.[0];
    if (typed !== undefined) return { value: typed, from: `--${name}` };
    const variable = variableOf(name);
    const value = environment[variable];
    return value ? { value, from: variable } : undefined;
  };
  const profile = outside("profile");
  const name = profile?.value ?? usualProfile;
  const values = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  const read = (option: string): Setting | undefined => {
    const found = outside(option);
    if (found !== undefined) return found;
    const value = values?.[option.replaceAll("-", "_")];
    return value === undefined || value === "" ? undefined : { value, from: `profile ${name}` };
  };
  return { profile, read, text: (option) => read(option)?.value };
}

/** A whole number from a setting. */
export function numberOf(setting: Setting | undefined, { least, most }: { least: number; most: number }) {
  if (setting === undefined) return undefined;
  const number = /^\d{1,6}$/.test(setting.value) ? Number(setting.value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(
      `${setting.from} must be a number from ${least} to ${most}; given was ${JSON.stringify(setting.value)}.`,
    );
  return number;
}
