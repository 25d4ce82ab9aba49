import type { MadeImage } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Paint } from "../terminal/streams.ts";
import { pairs } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";

/** An image that was made, for programs. */
export function imageDocument({ jobId, imageId, imageName, job }: MadeImage): Readonly<Record<string, unknown>> {
  return { jobId, imageId, imageName, beginTime: job.begin_time, endTime: job.end_time };
}

/** The line that names a job which was started. */
export function jobLines(jobId: string, paint: Paint): string[] {
  return pairs([["job  ", { text: jobId }]], paint);
}

/** An image that was made, for people: the job, and then the image. */
export function imageLines({ jobId, imageId, imageName, job }: MadeImage, withJob: boolean, paint: Paint): string[] {
  const ms = Date.parse(job.end_time ?? "") - Date.parse(job.begin_time ?? "");
  return [
    ...(withJob ? jobLines(jobId, paint) : []),
    ...pairs(
      [
        ["image", { text: imageId, paint: paint.green }],
        ["name ", { text: printable(imageName) }],
        ["took ", { text: Number.isNaN(ms) ? "" : formatDuration(ms) }],
      ].filter(([, cell]) => (cell as { text: string }).text !== "") as [string, { text: string }][],
      paint,
    ),
  ];
}
