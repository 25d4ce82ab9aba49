import { connect } from "../connection/connect.ts";
import { createLog } from "../log/log.ts";
import type { CommandInfo } from "../program/catalogue.ts";
import type { Context } from "../program/context.ts";
import type { Host } from "../program/host.ts";
import { listenForInterruption } from "../program/interruption.ts";
import { methodOf } from "../request/method.ts";
import { settingsOf } from "../settings/settings.ts";
import type { Candidate } from "./candidate.ts";

/** Nobody waits longer for a list after pressing Tab. */
const patience = new Map([
  ["request-timeout", ["2s"]],
  ["retries", ["0"]],
]);
const page = 100;

/** Whose ids a command takes that has another noun. */
const nounOf: Readonly<Record<string, string>> = {
  "image create": "server",
  "image resolve": "server",
  "image wait": "job",
};

/** Ids of what a command acts on, with their names, as the service has them now; none where it cannot be asked. */
export async function liveIds(info: CommandInfo, all: readonly CommandInfo[], host: Host): Promise<Candidate[]> {
  const [positional] = info.positionals;
  if (positional === undefined || !/(^|-)id$/.test(positional.name)) return [];
  const noun = nounOf[info.words] ?? info.words.split(" ")[0];
  const list = all.find(({ words }) => words === `${noun} list`);
  if (list?.command?.view.list === undefined) return [];
  try {
    const { readProfiles, configPath } = await import("../settings/config-file.ts");
    const given = { positionals: [], texts: patience, switches: new Map<string, boolean>() };
    const settings = settingsOf(given, host.environment, await readProfiles(configPath(host.environment)));
    const context: Context = {
      info: list,
      given,
      settings,
      host,
      log: createLog(host, { level: "quiet", format: "text" }),
      output: {
        format: "id",
        fields: undefined,
        sort: undefined,
        where: [],
        query: undefined,
        headers: true,
        wide: false,
      },
      interruption: listenForInterruption(host),
    };
    const usual = list.command.flags.filter((flag) => flag.at[0] === "query" && flag.usual !== undefined);
    const query = { ...Object.fromEntries(usual.map((flag) => [flag.at[1] ?? "", flag.usual])), limit: page };
    const answer = await methodOf(connect(context), list.command.method)({ path: {}, query });
    const items = ((answer as Record<string, unknown>)[list.command.view.list] ?? []) as Record<string, unknown>[];
    return items.map(({ id, name, job_type, status }) => ({
      word: String(id),
      about: [name ?? job_type, status].filter(Boolean).join(" "),
    }));
  } catch {
    return [];
  }
}
