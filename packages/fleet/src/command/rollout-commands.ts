import { parseArgs } from "node:util";
import { oneOf, only } from "./arguments.ts";
import type { Command, CommandContext } from "./command.ts";
import { rolloutsTable } from "./tables.ts";

/** The commands about the rollouts of a run. */
export const rolloutCommands: Readonly<Record<string, Command>> = {
  rollouts: {
    usage: "rollouts <run> [--output table|json]",
    about: "Shows the rollouts of a run: their plans, how far they are, and what is left to mend.",
    async run({ fleet, args, print }) {
      const options = { output: { type: "string", short: "o", default: "table" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const isJson = oneOf("output", values.output, ["table", "json"]) === "json";
      const rollouts = await fleet.rollouts(only(positionals, "run"));
      for (const line of isJson ? [JSON.stringify(rollouts, null, 2)] : rolloutsTable(rollouts)) print(line);
      return 0;
    },
  },
  "approve-rollouts": {
    usage: "approve-rollouts <run> [--group <id>] [--by <name>]",
    about: "Lets rollouts begin whose plans wait for an approval.",
    async run(context) {
      const { run, choice } = choiceOf(context);
      context.print(`Approved ${await context.fleet.approveRollouts(run, choice)} rollouts of ${run}.`);
      return 0;
    },
  },
  "plan-again": {
    usage: "plan-again <run> [--group <id>] [--by <name>]",
    about: "Takes rollouts up again that were refused: plans them anew, or goes on where one was refused half-way.",
    async run(context) {
      const { run, choice } = choiceOf(context);
      context.print(`${await context.fleet.planAgain(run, choice)} rollouts of ${run} are taken up again.`);
      return 0;
    },
  },
  "roll-back": {
    usage: "roll-back <run> [--group <id>] [--by <name>]",
    about: "Sends rollouts back to the image from before, whether they have ended or not.",
    async run(context) {
      const { run, choice } = choiceOf(context);
      context.print(`${await context.fleet.rollBack(run, choice)} rollouts of ${run} go back.`);
      return 0;
    },
  },
};

function choiceOf({ args, user }: CommandContext) {
  const options = { group: { type: "string" }, by: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  return { run: only(positionals, "run"), choice: { serverGroupId: values.group, by: values.by ?? user } };
}
