import type { RolloutPlan } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Paint } from "../terminal/streams.ts";
import { pairs, table } from "../terminal/table.ts";
import { columnsOf, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";

/** What stands before a check: its verdict. */
const margin = " ".repeat("unknown  ".length);

/** A plan for people: what, then each server, then what was looked at. */
export function planLines(plan: RolloutPlan, paint: Paint, columns: number | undefined): string[] {
  const { group, from, to, maxUnavailable, canary, scaling, estimate } = plan;
  const marks = { good: paint.green, bad: paint.red, unknown: paint.yellow };
  return [
    ...pairs(
      [
        ["group", { text: printable(`${group.name} ${group.id}`) }],
        ["image", { text: `${from.imageId} -> ${to.imageId}` }],
        ["at once", { text: `${maxUnavailable}, the first ${canary} alone` }],
        ["scaling", { text: scaling === undefined ? "is off" : "is switched off meanwhile" }],
        ["takes", { text: `about ${formatDuration(estimate.typicalSeconds * 1000)} once users have left` }],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { text: "SERVER" },
        { text: "NAME", flexible: true },
        { text: "SESSIONS" },
        { text: "ACTION" },
        { text: "REASON", flexible: true },
      ],
      plan.servers.map(({ id, name, sessions, action, reason = "" }) => [
        { text: printable(id) },
        { text: printable(name) },
        { text: String(sessions) },
        { text: action, paint: action === "blocked" ? paint.yellow : undefined },
        { text: printable(reason) },
      ]),
      paint,
      columns,
    ),
    "",
    ...plan.checks.flatMap(({ about, verdict, says }) => {
      const room = Math.max(20, (columns ?? Number.POSITIVE_INFINITY) - margin.length);
      const [first, ...rest] = wrap(`${about}: ${printable(says)}`, room, columnsOf);
      return [`${marks[verdict](verdict.padEnd(margin.length - 2))}  ${first}`, ...rest.map((line) => margin + line)];
    }),
  ];
}
