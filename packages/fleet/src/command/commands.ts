import { parseArgs } from "node:util";
import { serveDashboard } from "../dashboard/serve-dashboard.ts";
import type { Fleet } from "../open-fleet.ts";
import { exportRun } from "./export-run.ts";
import { serveHealth } from "./health.ts";
import { readImages } from "./read-images.ts";
import { imagesTable, runsTable, statusLine } from "./tables.ts";
import { UsageError } from "./usage-error.ts";
import { workLog } from "./work-log.ts";

/** What a command is given to work with. */
export interface CommandContext {
  readonly fleet: Fleet;
  readonly args: readonly string[];
  /** Prints a line of the result. */
  readonly print: (line: string) => void;
  /** Says something beside the result, for people. */
  readonly say: (line: string) => void;
  /** Who approves and cancels, unless an option says so. */
  readonly user: string;
  readonly signal: AbortSignal;
}

/** A command: what it takes, what it does, and how it is done. Resolves to the exit code. */
export interface Command {
  readonly usage: string;
  readonly about: string;
  run(context: CommandContext): Promise<number>;
}

/** The commands of `aps-fleet` that need a database, by name. */
export const commands: Readonly<Record<string, Command>> = {
  migrate: {
    usage: "migrate",
    about: "Brings tables and queues to this version.",
    async run({ fleet, print }) {
      const { from, to } = await fleet.migrate();
      print(
        from === to ? `The tables are of version ${to} already.` : `Brought the tables from version ${from} to ${to}.`,
      );
      return 0;
    },
  },
  submit: {
    usage: "submit <run> --from <list> [--approval]",
    about: "Writes down a run: the images of a CSV or JSON file. The same run again adds nothing.",
    async run({ fleet, args, print }) {
      const options = { from: { type: "string" }, approval: { type: "boolean" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const run = only(positionals, "run");
      if (values.from === undefined) throw new UsageError("Name the list with --from.");
      const images = await readImages(values.from);
      const { added } = await fleet.submit(run, images, { approval: values.approval ?? false });
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
      const isJson = formatOf(values.output) === "json";
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
    about: "Tells how a run gets on, until it has ended. Exit code 1 when an image was not made.",
    async run({ fleet, args, print, signal }) {
      const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
      let isAllMade = false;
      for await (const status of fleet.watch(only(positionals, "run"), { signal })) {
        print(statusLine(status));
        isAllMade = Object.keys(status.counts).every((state) => state === "made");
      }
      return isAllMade ? 0 : 1;
    },
  },
  export: {
    usage: "export <run> [--format json|junit]",
    about: "Prints a run as one document.",
    async run({ fleet, args, print }) {
      const options = { format: { type: "string", default: "json" } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const run = only(positionals, "run");
      const [status, images] = await Promise.all([fleet.status(run), fleet.images(run)]);
      if (values.format !== "json" && values.format !== "junit") throw new UsageError("--format is json or junit.");
      print(exportRun(values.format, status, images));
      return 0;
    },
  },
  dashboard: {
    usage: "dashboard [--port <n>] [--host <address>]",
    about:
      "Serves a page with all runs, on this machine; for others with --host and a token in APS_FLEET_DASHBOARD_TOKEN.",
    async run({ fleet, args, print, user, signal }) {
      const options = { port: { type: "string", default: "4080" }, host: { type: "string" } } as const;
      const { values } = parseArgs({ args: [...args], options });
      const token = process.env.APS_FLEET_DASHBOARD_TOKEN;
      if (values.host !== undefined && !token)
        throw new UsageError("--host needs a token in APS_FLEET_DASHBOARD_TOKEN.");
      await using dashboard = await serveDashboard(fleet, {
        port: Number(values.port),
        host: values.host,
        token,
        user,
      });
      print(`The page is at ${dashboard.url}`);
      await new Promise((ended) => signal.addEventListener("abort", ended, { once: true }));
      return 0;
    },
  },
  work: {
    usage:
      "work [--starts-per-project <n>] [--interval <seconds>] [--look-again <seconds>] [--keep <days>] [--health <port>] [--log text|json]",
    about: "Starts images and looks at their jobs, until it is asked to end.",
    async run({ fleet, args, say, signal }) {
      const options = {
        "starts-per-project": { type: "string" },
        interval: { type: "string" },
        "look-again": { type: "string" },
        keep: { type: "string" },
        health: { type: "string" },
        log: { type: "string", default: "text" },
      } as const;
      const { values } = parseArgs({ args: [...args], options });
      const intervalMs = numberOf("interval", values.interval);
      const lookAgainMs = numberOf("look-again", values["look-again"]);
      const keepDays = numberOf("keep", values.keep);
      const log = workLog(values.log, say);
      await using health = values.health === undefined ? undefined : await serveHealth(values.health, 120_000);
      log.onBegin(health?.url);
      await fleet.work({
        signal,
        startsPerProject: numberOf("starts-per-project", values["starts-per-project"]),
        lookIntervalMs: intervalMs && intervalMs * 1_000,
        lookAgainMs: lookAgainMs && lookAgainMs * 1_000,
        keepMs: keepDays && keepDays * 86_400_000,
        onSweep: () => health?.beat(),
        onResult: log.onResult,
        onProblem: log.onProblem,
      });
      log.onEnd();
      return 0;
    },
  },
};

function only(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined || more.length > 0) throw new UsageError(`Name one ${what}.`);
  return one;
}

function byOf(args: readonly string[], user: string): { run: string; by: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { by: { type: "string" } },
    allowPositionals: true,
  });
  return { run: only(positionals, "run"), by: values.by ?? user };
}

function formatOf(text: string): "table" | "json" {
  if (text === "table" || text === "json") return text;
  throw new UsageError(`--output is table or json; given was ${JSON.stringify(text)}.`);
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`--${name} is a number above 0; given was ${JSON.stringify(text)}.`);
}
