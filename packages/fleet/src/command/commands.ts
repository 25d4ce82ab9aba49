import { parseArgs } from "node:util";
import { byOf, oneOf, only } from "./arguments.ts";
import type { Command } from "./command.ts";
import { exportRun } from "./export-run.ts";
import { readImages } from "./read-images.ts";
import { readRollouts } from "./read-rollouts.ts";
import { rolloutCommands } from "./rollout-commands.ts";
import { servingCommands } from "./serving-commands.ts";
import { imagesTable, runsTable, statusLine } from "./tables.ts";
import { UsageError } from "./usage-error.ts";

/** The commands of `aps-fleet` that need a database, by name. */
export const commands: Readonly<Record<string, Command>> = {
  migrate: {
    usage: "migrate [--worker-role <role>]",
    about: "Brings tables and queues to this version, and gives a role the least rights that workers need.",
    async run({ fleet, args, print }) {
      const { values } = parseArgs({ args: [...args], options: { "worker-role": { type: "string" } } });
      const { from, to } = await fleet.migrate({ workerRole: values["worker-role"] });
      print(
        from === to ? `The tables are of version ${to} already.` : `Brought the tables from version ${from} to ${to}.`,
      );
      return 0;
    },
  },
  submit: {
    usage: "submit <run> --from <list> [--rollouts <list>] [--approval]",
    about:
      "Writes down a run: the images of a CSV or JSON file, and in a JSON file the server groups that get them. The same run again adds nothing.",
    async run({ fleet, args, print }) {
      const options = {
        from: { type: "string" },
        rollouts: { type: "string" },
        approval: { type: "boolean" },
      } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const run = only(positionals, "run");
      if (values.from === undefined) throw new UsageError("Name the list with --from.");
      const images = await readImages(values.from);
      const rollouts = values.rollouts === undefined ? [] : await readRollouts(values.rollouts);
      const { added } = await fleet.submit(run, images, { approval: values.approval ?? false, rollouts });
      const waits = values.approval ? ` It waits for: aps-fleet approve ${run}` : "";
      print(added === 0 ? `Run ${run} is there already.` : `Run ${run} has ${added} images.${waits}`);
      return 0;
    },
  },
  approve: {
    usage: "approve <run> [--by <name>]",
    about: "Lets a run begin that waits for an approval.",
    async run({ fleet, args, print, user }) {
      const { run, by } = byOf(args, user);
      print(`Approved ${run}: ${await fleet.approve(run, { by })} images may be started.`);
      return 0;
    },
  },
  cancel: {
    usage: "cancel <run> [--by <name>]",
    about: "Ends a run: what was not sent never is. Jobs that run go on, and are followed to their end.",
    async run({ fleet, args, print, user }) {
      const { run, by } = byOf(args, user);
      print(`Cancelled ${run}: ${await fleet.cancel(run, { by })} images are not made.`);
      return 0;
    },
  },
  retry: {
    usage: "retry <run> [--failed] [--refused]",
    about: "Queues images once more that failed or were refused.",
    async run({ fleet, args, print }) {
      const options = { failed: { type: "boolean" }, refused: { type: "boolean" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      if (!values.failed && !values.refused) throw new UsageError("Say which: --failed, --refused, or both.");
      const run = only(positionals, "run");
      print(`Queued ${await fleet.retry(run, values)} images of ${run} once more.`);
      return 0;
    },
  },
  schedule: {
    usage:
      "schedule <name> <cron> --from <list> [--time-zone <zone>] [--approval] | schedule <name> --remove | schedule",
    about: "Submits a run at every moment of a cron expression; {date} and {time} in names become those of the moment.",
    async run({ fleet, args, print }) {
      const options = {
        from: { type: "string" },
        "time-zone": { type: "string" },
        approval: { type: "boolean" },
        remove: { type: "boolean" },
      } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const [name, cron, ...more] = positionals;
      if (name === undefined) {
        for (const each of await fleet.schedules())
          print(`${each.name}: ${each.cron} (${each.timeZone}), ${each.images.length} images`);
        return 0;
      }
      if (values.remove) {
        print(
          (await fleet.unschedule(name)) ? `Schedule ${name} is gone. Its runs stay.` : `There is no schedule ${name}.`,
        );
        return 0;
      }
      if (cron === undefined || more.length > 0)
        throw new UsageError('Name a schedule and one cron expression, as "0 2 * * *".');
      if (values.from === undefined) throw new UsageError("Name the list with --from.");
      const images = await readImages(values.from);
      await fleet.schedule(name, cron, { images, timeZone: values["time-zone"], approval: values.approval });
      print(`Schedule ${name} submits ${images.length} images at ${cron} (${values["time-zone"] ?? "UTC"}).`);
      return 0;
    },
  },
  resolve: {
    usage: "resolve <run> <server> (--job <id> | --not-started) [--project <id>] [--by <name>]",
    about: "Ends the doubt about an image by what you found out: its job, or that there certainly is none.",
    async run({ fleet, args, print, user }) {
      const options = {
        job: { type: "string" },
        "not-started": { type: "boolean" },
        project: { type: "string" },
        by: { type: "string" },
      } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const [run, serverId, ...more] = positionals;
      if (run === undefined || serverId === undefined || more.length > 0)
        throw new UsageError("Name a run and a server.");
      if ((values.job === undefined) === !values["not-started"])
        throw new UsageError("Say what you found: --job <id>, or --not-started.");
      const found = values.job === undefined ? ({ notStarted: true } as const) : { jobId: values.job };
      await fleet.resolve(run, { serverId, projectId: values.project, found, by: values.by ?? user });
      print(`The image of server ${serverId} goes on ${values.job === undefined ? "in the queue" : "with its job"}.`);
      return 0;
    },
  },
  status: {
    usage: "status [<run>] [--output table|json]",
    about: "Shows all runs, or one run and its images.",
    async run({ fleet, args, print }) {
      const options = { output: { type: "string", short: "o", default: "table" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const isJson = oneOf("output", values.output, ["table", "json"]) === "json";
      if (positionals.length === 0) {
        const runs = await fleet.runs();
        for (const line of isJson ? [JSON.stringify(runs, null, 2)] : runsTable(runs)) print(line);
        return 0;
      }
      const run = only(positionals, "run");
      const [status, images] = await Promise.all([fleet.status(run), fleet.images(run)]);
      const lines = isJson
        ? [JSON.stringify({ ...status, images }, null, 2)]
        : [statusLine(status), "", ...imagesTable(images)];
      for (const line of lines) print(line);
      return 0;
    },
  },
  watch: {
    usage: "watch <run>",
    about: "Tells how a run gets on, until it has ended. Exit code 1 when an image was not made, or not rolled out.",
    async run({ fleet, args, print, signal }) {
      const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
      let isDone = false;
      for await (const status of fleet.watch(only(positionals, "run"), { signal })) {
        print(statusLine(status));
        const ends = [...Object.keys(status.counts), ...Object.keys(status.rolloutCounts)];
        isDone = ends.every((state) => state === "made" || state === "done");
      }
      return isDone ? 0 : 1;
    },
  },
  export: {
    usage: "export <run> [--format json|junit]",
    about: "Prints a run as one document.",
    async run({ fleet, args, print }) {
      const options = { format: { type: "string", default: "json" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const run = only(positionals, "run");
      const format = oneOf("format", values.format, ["json", "junit"]);
      const [status, images, rollouts] = await Promise.all([fleet.status(run), fleet.images(run), fleet.rollouts(run)]);
      print(exportRun(format, { status, images, rollouts }));
      return 0;
    },
  },
  ...rolloutCommands,
  ...servingCommands,
};
