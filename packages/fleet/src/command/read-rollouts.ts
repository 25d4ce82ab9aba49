import type { FleetRollout } from "../rollouts/rollout.ts";
import { objectOf, openList } from "./list-file.ts";

/** What an entry may say, by its names in a file, and what the library calls them. */
const fields: Readonly<Record<string, keyof FleetRollout>> = {
  account: "account",
  region: "region",
  project_id: "projectId",
  server_group_id: "serverGroupId",
  server_id: "serverId",
  approval: "approval",
  max_unavailable: "maxUnavailable",
  canary: "canary",
  max_failures: "maxFailures",
  on_failure: "onFailure",
  drain: "drain",
};
const drainFields: Readonly<Record<string, string>> = {
  timeout_ms: "timeoutMs",
  at_timeout: "atTimeout",
  message: "message",
  grace_ms: "graceMs",
};
const needed = ["region", "project_id", "server_group_id", "server_id"];

/**
 * Reads the rollouts of a run from a JSON file with a list of objects.
 *
 * @throws UsageError when the file cannot be read or is of another shape. What is in it is judged by the fleet.
 */
export async function readRollouts(file: string): Promise<FleetRollout[]> {
  const { text, fail } = await openList(file);
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    return fail(`cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(entries)) return fail("is no list of rollouts");
  return entries.map((given, index) => {
    const subject = `rollout ${index + 1}`;
    const entry = objectOf(given, subject, fail);
    const missing = needed.find((name) => !entry[name]);
    if (missing !== undefined) fail(`has no ${missing} for ${subject}`);
    const { drain, ...rest } = renamed(entry, fields, fail);
    if (drain === undefined) return rest as unknown as FleetRollout;
    const drained = renamed(objectOf(drain, `drain of ${subject}`, fail), drainFields, fail);
    return { ...rest, drain: drained } as unknown as FleetRollout;
  });
}

function renamed(
  entry: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
  fail: (problem: string) => never,
): Record<string, unknown> {
  const unknown = Object.keys(entry).find((name) => names[name] === undefined);
  if (unknown !== undefined) fail(`says ${unknown}, which is not known. Known are: ${Object.keys(names).join(", ")}`);
  return Object.fromEntries(Object.entries(entry).map(([name, value]) => [names[name], value]));
}
