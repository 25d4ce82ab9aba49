import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { homeOf } from "../settings/config-file.ts";
import type { Environment } from "../terminal/streams.ts";

const usual = "https://registry.npmjs.org/";
const scope = "@workspace-aps";

/**
 * The npm registry of the user, as npm finds it: that of the scope before that of all, a variable before the file of the
 * user. Ends with a slash. A registry that needs a login is asked without one.
 */
export async function registryOf(environment: Environment): Promise<string> {
  const path =
    environment.npm_config_userconfig || environment.NPM_CONFIG_USERCONFIG || join(homeOf(environment), ".npmrc");
  const text = await readFile(path, "utf8").catch(() => "");
  const inFile = (name: string) =>
    text
      .split(/\r?\n/)
      .map((line) => line.split("="))
      .find(([key = ""]) => key.trim() === name)
      ?.slice(1)
      .join("=")
      .trim();
  const found =
    inFile(`${scope}:registry`) ||
    environment.npm_config_registry ||
    environment.NPM_CONFIG_REGISTRY ||
    inFile("registry");
  return `${(found || usual).replace(/\/+$/, "")}/`;
}
