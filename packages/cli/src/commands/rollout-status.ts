import { type RolloutRecord, replayRollout } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { readText } from "../files/read-text.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";

/** `aps rollout status --journal ..`: shows how far a rollout has come by its journal. Sends nothing. */
export async function rolloutStatus(context: Context): Promise<number> {
  const { given, host } = context;
  const name = given.texts.get("journal")?.[0];
  if (name === undefined) throw new UsageError("--journal is required.");
  const state = replayRollout(recordsIn(await readText("--journal", name, host), name));
  const { plan, turned, scaling, groupImage, result } = state;
  if (plan === undefined) throw new UsageError(`--journal: ${name} holds no rollout.`);
  const names = new Map(plan.servers.map((server) => [server.id, server.name]));
  const servers = [...new Set([...names.keys(), ...state.servers.keys()])].map((id) => {
    const own = state.servers.get(id);
    const step =
      own?.reimage !== undefined
        ? "re-imaging"
        : own?.failed !== undefined
          ? "failed"
          : own?.left !== undefined
            ? "left"
            : own?.movedTo !== undefined
              ? "moved"
              : own !== undefined && own.hold !== "none"
                ? "drained"
                : "untouched";
    return {
      id,
      name: names.get(id) ?? "",
      state: step,
      is_drained: own !== undefined && own.hold !== "none",
      job_id: own?.jobId,
      reason: own?.failed ?? own?.left,
    };
  });
  const document = {
    server_group_id: plan.group.id,
    result: result ?? "not ended",
    direction: turned === undefined ? "forward" : "back",
    scaling,
    image_id: groupImage?.imageId ?? plan.from.imageId,
    servers,
  };
  await printResult(context, {
    document,
    list: "servers",
    columns: ["id", "name", "state", "job_id", "reason"],
    lines: ({ paint, columns }) => [
      ...table(
        [
          { text: "SERVER" },
          { text: "NAME", flexible: true },
          { text: "STATE" },
          { text: "JOB" },
          { text: "REASON", flexible: true },
        ],
        servers.map((server) => [
          { text: printable(server.id) },
          { text: printable(server.name) },
          { text: server.state },
          { text: server.job_id ?? "" },
          { text: printable(server.reason ?? "") },
        ]),
        paint,
        columns,
      ),
      "",
      `${document.result}, ${document.direction}; scaling ${scaling}`,
    ],
  });
  return exitCode.done;
}

/** The steps of a journal; half a line at its end is being written. */
function recordsIn(text: string, name: string): RolloutRecord[] {
  try {
    const [header, ...records] = text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    if (header?.type === "rollout" && header.version === 1) return records;
  } catch {
    // Said below.
  }
  throw new UsageError(`--journal: ${name} is no journal of a rollout.`);
}
