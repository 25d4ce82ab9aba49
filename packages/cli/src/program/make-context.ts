import type { Given } from "../arguments/parse.ts";
import type { CommandInfo } from "../command-info.ts";
import { createLog } from "../log/log.ts";
import { logOptionsOf, outputOptionsOf } from "../output/options.ts";
import { readSettings } from "../settings/settings.ts";
import type { Context } from "./context.ts";
import type { Host } from "./host.ts";
import { listenForInterruption } from "./interruption.ts";

/**
 * Puts together what a command is given to work with.
 *
 * @throws UsageError when a setting is wrong, before anything is sent.
 */
export async function contextOf(info: CommandInfo, given: Given, host: Host): Promise<Context> {
  const settings = await readSettings(given, host.environment);
  const output = outputOptionsOf(given, settings);
  const log = createLog(host, logOptionsOf(given, settings, host.environment), groupOf(info, given, host));
  if (output.query !== undefined) (await import("../output/query.ts")).refuseQuery(output.query);
  return { info, given, settings, host, log, output, interruption: listenForInterruption(host) };
}

/** On GitHub, what a long wait tells is folded away. */
function groupOf({ words }: CommandInfo, given: Given, { environment }: Host): string | undefined {
  const waits =
    ["from", "servers", "journal"].some((name) => given.texts.has(name)) ||
    given.switches.get("wait") === true ||
    words.endsWith(" wait");
  return environment.GITHUB_ACTIONS === "true" && waits ? `Progress of aps ${words}` : undefined;
}
