import { writeFile } from "node:fs/promises";
import { planRollout } from "@workspace-aps/client";
import { connect } from "../connection/connect.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { planOptionsOf } from "../rollout/options.ts";
import { planLines } from "../rollout/print-plan.ts";

/** `aps rollout plan <server-group-id> --image ..`: says what a rollout would do. Changes nothing. */
export async function rolloutPlan(context: Context): Promise<number> {
  const { given, host, interruption } = context;
  const options = planOptionsOf(context);
  const file = given.texts.get("plan")?.[0];
  const plan = await planRollout(connect(context), { ...options, signal: interruption.signal });
  if (file !== undefined) await writeFile(host.locate(file), `${JSON.stringify(plan, null, 2)}\n`);
  await printResult(context, {
    document: plan,
    columns: ["id", "name", "action", "sessions", "reason"],
    list: "servers",
    lines: ({ paint, columns }) => planLines(plan, paint, columns),
    note: file === undefined ? undefined : `Run it with: ${commandLine(["rollout", "start", "--plan", file])}`,
  });
  return plan.checks.some(({ verdict }) => verdict === "bad") ? exitCode.refused : exitCode.done;
}
