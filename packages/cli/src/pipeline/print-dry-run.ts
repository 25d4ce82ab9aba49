import type { FullClient } from "@workspace-aps/client";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { planLines } from "../rollout/print-plan.ts";
import { printable } from "../terminal/width.ts";
import type { Golden } from "./golden.ts";
import { goldenImage } from "./golden-image.ts";
import { lookFirst } from "./look-first.ts";

/** Says what a pipeline would do. Changes nothing. */
export async function printDryRun(context: Context, client: FullClient, golden: Golden): Promise<number> {
  const look = await lookFirst(context, client, golden, goldenImage(golden, client.settings.now()));
  const { image, serverStatus, plans, prune, problems } = look;
  const going = prune.filter(({ result }) => result === "to delete").map(({ name }) => printable(name));
  const { verify, rollout } = golden;
  await printResult(context, {
    document: {
      image: { ...image, serverStatus },
      ...(verify === undefined ? {} : { verify: verify.run }),
      plans,
      pruned: prune,
      problems,
    },
    isOwn: true,
    list: "plans",
    columns: ["group.id", "group.name", "max_unavailable"],
    lines: ({ paint, columns }) => [
      `image    ${printable(image.name)} of server ${printable(image.serverId)}, which is ${serverStatus}`,
      `verify   ${verify === undefined ? "no command is given" : printable(verify.run)}`,
      `rollout  ${rollout === undefined ? "no group is named" : "once it is approved:"}`,
      ...plans.flatMap((plan) => ["", ...planLines(plan, paint, columns)]),
      ...(plans.length > 0 ? [""] : []),
      `prune    ${golden.prune === undefined ? "no pattern is given" : going.length === 0 ? "nothing, as things are" : going.join(", ")}`,
      ...problems.map((problem) => paint.red(printable(problem))),
    ],
  });
  return problems.length === 0 ? exitCode.done : exitCode.refused;
}
