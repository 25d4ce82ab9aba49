import type { RolloutProgress, ServerReport } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Log } from "../log/log.ts";
import { columnsOf, cut, pad, printable } from "../terminal/width.ts";

const barWidth = 20;
const widestName = 40;

/** Shows how a rollout gets on: a line for each server that is in hand and a bar on a terminal, else a line for each change. */
export function showRollout(log: Log): { readonly onProgress: (progress: RolloutProgress) => void; end(): void } {
  const before = new Map<string, string>();
  let last: RolloutProgress | undefined;
  const render = (spinner: string, columns: number) => {
    if (last === undefined) return [];
    const inHand = last.servers.filter(({ isDrained, state }) => isDrained || state === "re-imaging");
    const width = Math.min(widestName, Math.max(0, ...inHand.map(({ name }) => columnsOf(printable(name)))));
    return [
      ...inHand.map((server) => cut(`${spinner} ${pad(printable(server.name), width)}  ${textOf(server)}`, columns)),
      cut(total(last), columns),
    ];
  };
  return {
    onProgress(progress) {
      last = progress;
      log.show(render);
      for (const server of progress.servers) {
        const text = textOf(server);
        if (before.get(server.id) === text) continue;
        const isFirst = !before.has(server.id);
        before.set(server.id, text);
        // What every server is like at the start is in the plan.
        if (log.moves || (isFirst && server.state === "untouched")) continue;
        const { id, state, sessions } = server;
        log.print(`${printable(server.name)}  ${text}  (${total(progress)})`, { server_id: id, state, sessions });
      }
    },
    end: () => log.show(undefined),
  };
}

function textOf({ state, sessions, jobId, reason }: ServerReport): string {
  if (state === "drained") return `drained, ${sessions} sessions`;
  if (state === "re-imaging") return jobId === undefined ? state : `${state}, job ${jobId}`;
  return reason === undefined ? state : `${state}: ${printable(reason)}`;
}

function total({ servers, elapsedMs, direction }: RolloutProgress): string {
  const moved = servers.filter(({ state }) => state === "moved").length;
  const filled = servers.length === 0 ? 0 : Math.round((barWidth * moved) / servers.length);
  const bar = `${"#".repeat(filled)}${".".repeat(barWidth - filled)}`;
  return `${direction === "back" ? "back " : ""}[${bar}] ${moved} of ${servers.length} moved  ${formatDuration(elapsedMs)}`;
}
