import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Environment } from "../terminal/streams.ts";
import { settingNames } from "./setting-names.ts";

/** The values of a profile by the names of options in snake case. */
export type Profile = Readonly<Record<string, string>>;

/** The profiles of a configuration file, by their names. */
export type Profiles = Readonly<Record<string, Profile>>;

/** The profile that is used when none is named. */
export const usualProfile = "default";

/** Where the configuration file is: `APS_CONFIG_FILE`, else where the platform keeps such files. */
export function configPath(environment: Environment): string {
  if (environment.APS_CONFIG_FILE) return environment.APS_CONFIG_FILE;
  const base =
    process.platform === "win32"
      ? environment.APPDATA || join(homeOf(environment), "AppData", "Roaming")
      : environment.XDG_CONFIG_HOME || join(homeOf(environment), ".config");
  return join(base, "aps", "config.toml");
}

/** The home folder of whoever runs the program. */
export function homeOf({ HOME, USERPROFILE }: Environment): string {
  return (process.platform === "win32" ? USERPROFILE : HOME) || homedir();
}

/**
 * Reads the profiles; there are none where there is no file.
 *
 * @throws UsageError when the file is no TOML, or holds what no profile has. Names the line, never a value.
 */
export async function readProfiles(path: string): Promise<Profiles> {
  // Few have a file, and a look costs less than to load what reads it.
  if (!existsSync(path)) return {};
  const { parse, TomlError } = await import("smol-toml");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${error.code}).`);
  });
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    const where = error instanceof TomlError ? `line ${error.line}, column ${error.column}` : "its beginning";
    throw new UsageError(`${path} is not TOML: see ${where}.`);
  }
  const { profiles = {}, ...rest } = document as { profiles?: Record<string, unknown> };
  const [stray] = Object.keys(rest);
  if (stray !== undefined || typeof profiles !== "object")
    throw new UsageError(`${path}: ${stray ?? "profiles"} is not known there. Write [profiles.${usualProfile}].`);
  return Object.fromEntries(
    Object.entries(profiles).map(([name, values]) => [name, profileOf(path, name, values)] as const),
  );
}

function profileOf(path: string, name: string, values: unknown): Profile {
  if (typeof values !== "object" || values === null)
    throw new UsageError(`${path}: ${name} is not a profile. Write [profiles.${name}].`);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (!settingNames.includes(key))
        throw new UsageError(
          `${path}: [profiles.${name}] has ${JSON.stringify(key)}, which is not known.${suggestion(key, settingNames)} Known: ${settingNames.join(", ")}.`,
        );
      if (typeof value !== "string" && typeof value !== "number")
        throw new UsageError(`${path}: ${key} of [profiles.${name}] must be a text.`);
      return [key, String(value)] as const;
    }),
  );
}
