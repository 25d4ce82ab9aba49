import type { FleetImage, FleetOutcome, FleetProgress } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import { liveLines } from "../terminal/live-lines.ts";
import type { Streams } from "../terminal/streams.ts";
import { columnsOf, pad, printable } from "../terminal/width.ts";

/** Shows how a fleet gets on, and remembers how long each image took. */
export interface FleetView {
  readonly onProgress: (progress: FleetProgress) => void;
  /** Milliseconds that this run worked on the image of a server. */
  durationMs(serverId: string): number | undefined;
  print(line: string): void;
  end(): void;
}

const widestName = 40;

/** @param now the time on the client's clock, in milliseconds. */
export function showFleet(images: readonly FleetImage[], { err, environment }: Streams, now: () => number): FleetView {
  const live = liveLines(err, environment);
  const startedAtMs = now();
  const begun = new Map<string, { readonly atMs: number; text: string }>();
  const took = new Map<string, number>();
  let ended = 0;
  const width = Math.min(widestName, Math.max(...images.map(({ name }) => columnsOf(printable(name)))));
  const label = ({ name }: FleetImage) => pad(printable(name), width);

  const active = new Map<string, FleetImage>();
  const render = (spinner: string) => [
    ...[...active.values()].map((image) => {
      const entry = begun.get(image.serverId);
      return `${spinner} ${label(image)}  ${entry?.text ?? ""}  ${formatDuration(now() - (entry?.atMs ?? now()))}`;
    }),
    `${ended} of ${images.length} ended, ${active.size} in work  ${formatDuration(now() - startedAtMs)}`,
  ];

  return {
    onProgress(progress) {
      const { image, step, outcome } = progress;
      const before = begun.get(image.serverId);
      if (step === "ended") {
        ended++;
        active.delete(image.serverId);
        if (before !== undefined) took.set(image.serverId, now() - before.atMs);
        if (outcome !== undefined) live.print(`${label(image)}  ${endOf(outcome)}  (${ended} of ${images.length})`);
        return;
      }
      const text = textOf(progress);
      active.set(image.serverId, image);
      begun.set(image.serverId, { atMs: before?.atMs ?? now(), text });
      live.show(render);
      if (err.isTTY !== true && before?.text !== text) live.print(`${label(image)}  ${text}`);
    },
    durationMs: (serverId) => took.get(serverId),
    print: (line) => live.print(line),
    end: () => live.end(),
  };
}

function textOf({ step, jobId, status }: FleetProgress): string {
  if (step === "recovering") return "looking for a request whose answer was lost";
  if (step === "sending") return "sending";
  return `job ${jobId}  ${printable(status ?? "started")}`;
}

function endOf(outcome: FleetOutcome): string {
  if (outcome.result === "made") return `made  image ${outcome.imageId}`;
  return "jobId" in outcome && outcome.jobId !== undefined ? `${outcome.result}  job ${outcome.jobId}` : outcome.result;
}
