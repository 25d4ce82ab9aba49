import type { Given } from "../arguments/parse.ts";
import type { CommandInfo } from "../command-info.ts";
import { connect } from "../connection/connect.ts";
import type { Host } from "../program/host.ts";
import { contextOf } from "../program/make-context.ts";
import { buildRequest } from "../request/build.ts";
import { methodOf } from "../request/method.ts";
import type { Candidate } from "./candidate.ts";

/** Nobody waits longer for a list after pressing Tab, nor reads more of it. */
const patience: Given = {
  positionals: [],
  texts: new Map([
    ["request-timeout", ["2s"]],
    ["retries", ["0"]],
    ["limit", ["100"]],
  ]),
  switches: new Map([["quiet", true]]),
};

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
    const context = await contextOf(list, patience, host);
    const request = await buildRequest(list.command, patience, host);
    const answer = await methodOf(connect(context), list.command.method)(request);
    const items = ((answer as Record<string, unknown>)[list.command.view.list] ?? []) as Record<string, unknown>[];
    return items.map(({ id, name, job_type, status }) => ({
      word: String(id),
      about: [name ?? job_type, status].filter(Boolean).join(" "),
    }));
  } catch {
    return [];
  }
}
