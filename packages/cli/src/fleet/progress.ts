import type { FleetImage, FleetOutcome, FleetProgress } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import { briefly } from "../log/in-words.ts";
import type { Facts, Log } from "../log/log.ts";
import { heartbeatMs } from "../terminal/live-lines.ts";
import { columnsOf, cut, pad, printable } from "../terminal/width.ts";

/** Shows how a fleet gets on, and remembers how long each image took. */
export interface FleetView {
  readonly onProgress: (progress: FleetProgress) => void;
  /** Milliseconds that this run worked on the image of a server. */
  durationMs(serverId: string): number | undefined;
  print(line: string): void;
  end(): void;
}

const widestName = 40;
const narrowestName = 12;

/** @param now the time on the client's clock, in milliseconds. */
export function showFleet(images: readonly FleetImage[], log: Log, now: () => number): FleetView {
  const startedAtMs = now();
  const begun = new Map<string, Begun>();
  const took = new Map<string, number>();
  let ended = 0;
  let printedAtMs = Date.now();
  const print = (line: string, facts: Facts = {}) => {
    printedAtMs = Date.now();
    log.print(line, facts);
  };
  const width = Math.min(widestName, Math.max(0, ...images.map(({ name }) => columnsOf(printable(name)))));
  const label = ({ name }: FleetImage) => pad(printable(name), width);

  const active = new Map<string, FleetImage>();
  const total = () =>
    `${ended} of ${images.length} ended, ${active.size} in work  ${formatDuration(now() - startedAtMs)}`;
  const render = (spinner: string, columns: number) => {
    const rows = [...active.values()].map((image) => {
      const { atMs = now(), text = "", jobId } = begun.get(image.serverId) ?? {};
      return { image, text, elapsed: formatDuration(now() - atMs), job: jobId === undefined ? "" : `  job ${jobId}` };
    });
    const state = Math.max(0, ...rows.map(({ text }) => columnsOf(text)));
    const time = Math.max(0, ...rows.map(({ elapsed }) => elapsed.length));
    const shown = Math.min(width, Math.max(narrowestName, columns - 2 - 2 - state - 2 - time));
    return [
      ...rows.map(({ image, text, elapsed, job }) => {
        const name = pad(cut(printable(image.name), shown), shown);
        const line = `${spinner} ${name}  ${pad(text, state)}  ${elapsed.padStart(time)}`;
        // A part of an id is of no use.
        return columnsOf(line + job) <= columns ? line + job : line;
      }),
      total(),
    ];
  };

  return {
    onProgress(progress) {
      const { image, step, outcome, jobId } = progress;
      const before = begun.get(image.serverId);
      if (step === "ended") {
        ended++;
        active.delete(image.serverId);
        if (before !== undefined) took.set(image.serverId, now() - before.atMs);
        // What ended in an earlier run, or never began, is in the summary.
        if (outcome === undefined || before === undefined || outcome.result === "not ended") return;
        print(`${label(image)}  ${endOf(outcome)}  (${ended} of ${images.length})`, factsOf(progress));
        return;
      }
      const text = textOf(progress);
      active.set(image.serverId, image);
      begun.set(image.serverId, { atMs: before?.atMs ?? now(), text, jobId });
      log.show(render);
      if (log.moves) return;
      if (before?.text !== text)
        print(`${label(image)}  ${jobId === undefined ? text : `job ${jobId}  ${text}`}`, factsOf(progress));
      else if (Date.now() - printedAtMs >= heartbeatMs) print(total());
    },
    durationMs: (serverId) => took.get(serverId),
    print,
    end: () => log.show(undefined),
  };
}

/** What a program that reads the log wants to know. */
function factsOf({ image, step, jobId, status, outcome }: FleetProgress): Facts {
  const imageId = outcome?.result === "made" ? outcome.imageId : undefined;
  const result = outcome?.result.replaceAll(" ", "_");
  return { server_id: image.serverId, name: image.name, step, job_id: jobId, status, result, image_id: imageId };
}

/** An image that this run has taken up. */
interface Begun {
  readonly atMs: number;
  readonly text: string;
  readonly jobId: string | undefined;
}

function textOf({ step, status }: FleetProgress): string {
  if (step === "recovering") return "looking for a lost answer";
  if (step === "sending" || step === "throttled") return step;
  return printable(status ?? "started");
}

function endOf(outcome: FleetOutcome): string {
  const { result } = outcome;
  if (result === "made") return `made  image ${outcome.imageId}`;
  const job = "jobId" in outcome && outcome.jobId !== undefined ? [`job ${outcome.jobId}`] : [];
  const codes = result === "failed" ? outcome.failures.flatMap(({ code }) => code || []) : [];
  const why = "error" in outcome ? [briefly(outcome.error)] : [...new Set(codes)];
  return [result, ...job, ...why.map(printable)].join("  ");
}
