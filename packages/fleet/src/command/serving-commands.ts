import { parseArgs } from "node:util";
import { serveDashboard } from "../dashboard/serve-dashboard.ts";
import { numberOf } from "./arguments.ts";
import type { Command } from "./command.ts";
import { serveHealth } from "./health.ts";
import { UsageError } from "./usage-error.ts";
import { workLog } from "./work-log.ts";

/** The commands that go on until they are asked to end. */
export const servingCommands: Readonly<Record<string, Command>> = {
  dashboard: {
    usage: "dashboard [--port <n>] [--host <address>] [--queue-url <url>]",
    about:
      "Serves a page with all runs, on this machine; for others with --host and a token in APS_FLEET_DASHBOARD_TOKEN.",
    async run({ fleet, args, print, user, signal }) {
      const options = {
        port: { type: "string", default: "4080" },
        host: { type: "string" },
        "queue-url": { type: "string" },
      } as const;
      const { values } = parseArgs({ args: [...args], options });
      const token = process.env.APS_FLEET_DASHBOARD_TOKEN;
      if (values.host !== undefined && !token)
        throw new UsageError("--host needs a token in APS_FLEET_DASHBOARD_TOKEN.");
      await using dashboard = await serveDashboard(fleet, {
        port: portOf(values.port),
        host: values.host,
        token,
        user,
        queueUrl: webUrlOf(values["queue-url"]),
      }).catch((error: NodeJS.ErrnoException) => {
        const hint = error.code === "EADDRINUSE" ? " --port 0 picks a free one." : "";
        throw new UsageError(
          `The page cannot be served at port ${values.port}: ${error.code ?? error.message}.${hint}`,
        );
      });
      print(`The page is at ${dashboard.url}`);
      await new Promise((ended) => signal.addEventListener("abort", ended, { once: true }));
      return 0;
    },
  },
  work: {
    usage:
      "work [--starts-per-project <n>] [--interval <seconds>] [--look-again <seconds>] [--take-over <seconds>] [--keep <days>] [--health <port>] [--log text|json]",
    about: "Starts images and looks at their jobs, until it is asked to end.",
    async run({ fleet, args, say, signal }) {
      const options = {
        "starts-per-project": { type: "string" },
        interval: { type: "string" },
        "look-again": { type: "string" },
        "take-over": { type: "string" },
        keep: { type: "string" },
        health: { type: "string" },
        log: { type: "string", default: "text" },
      } as const;
      const { values } = parseArgs({ args: [...args], options });
      const intervalMs = numberOf("interval", values.interval);
      const lookAgainMs = numberOf("look-again", values["look-again"]);
      const takeOver = numberOf("take-over", values["take-over"]);
      const keepDays = numberOf("keep", values.keep);
      const log = workLog(values.log, say);
      await using health = values.health === undefined ? undefined : await serveHealth(values.health, 120_000);
      log.onBegin(health?.url);
      await fleet.work({
        signal,
        startsPerProject: numberOf("starts-per-project", values["starts-per-project"]),
        lookIntervalMs: intervalMs && intervalMs * 1_000,
        lookAgainMs: lookAgainMs && lookAgainMs * 1_000,
        takeOverIntervalMs: takeOver && takeOver * 1_000,
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

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new UsageError(
    `--port is a number from 0, which picks a free one, to 65535; given was ${JSON.stringify(text)}.`,
  );
}

function webUrlOf(text: string | undefined): string | undefined {
  if (text === undefined || /^https?:\/\//.test(text)) return text;
  throw new UsageError(`--queue-url is a URL of http or https; given was ${JSON.stringify(text)}.`);
}
