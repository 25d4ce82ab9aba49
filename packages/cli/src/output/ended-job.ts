import type { MadeImage } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Paint } from "../terminal/streams.ts";
import { type Cell, pairs } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { type Kind, kindOf, productOf } from "../waiting/kind.ts";
import type { Result } from "./print.ts";

/** A job that has ended well, as the client last saw it. */
export interface EndedJob {
  readonly job: MadeImage["job"];
  /** What it made or acted on, where it names that. */
  readonly resource?: { readonly id: string; readonly name: string };
}

/** An ended job for programs: `imageId` and `imageName` of a job that makes an image, and so on. */
export function endedDocument({ job, resource }: EndedJob): Readonly<Record<string, unknown>> {
  const product = productOf(kindOf(job.job_type));
  return {
    jobId: job.id,
    jobType: job.job_type,
    ...(product === undefined || resource === undefined
      ? {}
      : { [`${product}Id`]: resource.id, [`${product}Name`]: resource.name }),
    beginTime: job.begin_time,
    endTime: job.end_time,
  };
}

/** The line that names a job, aligned with those of what it will have made. */
export function jobLines(jobId: string, kind: Kind | undefined, paint: Paint): string[] {
  return rows([["job", { text: jobId }]], kind, paint);
}

/** An ended job for people, without the job itself: what it made, and how long that took. */
export function endedLines({ job, resource }: EndedJob, paint: Paint): string[] {
  const kind = kindOf(job.job_type);
  const product = productOf(kind);
  const made: Row[] =
    product === undefined || resource === undefined
      ? [["status", { text: printable(job.status), paint: paint.green }]]
      : [
          [product, { text: printable(resource.id), paint: paint.green }],
          ["name", { text: printable(resource.name) }],
        ];
  const ms = Date.parse(job.end_time ?? "") - Date.parse(job.begin_time ?? "");
  const took: Row[] = Number.isNaN(ms) ? [] : [["took", { text: formatDuration(ms) }]];
  return rows([...made, ...took], kind, paint);
}

/** An ended job in every form; the job itself is on the output already. */
export function endedResult(ended: EndedJob): Result {
  return {
    document: endedDocument(ended),
    isOwn: true,
    columns: ["job_id", "job_type", ...productColumns(ended), "begin_time", "end_time"],
    idAt: ["image_id", "server_id", "resource_id", "job_id"],
    lines: ({ paint }) => endedLines(ended, paint),
  };
}

function productColumns({ job }: EndedJob): string[] {
  const product = productOf(kindOf(job.job_type));
  return product === undefined ? [] : [`${product}_id`, `${product}_name`];
}

type Row = readonly [name: string, cell: Cell];

function rows(entries: readonly Row[], kind: Kind | undefined, paint: Paint): string[] {
  const width = (productOf(kind) ?? "status").length;
  const shown = entries.filter(([, { text }]) => text !== "");
  return pairs(
    shown.map(([name, cell]) => [name.padEnd(width), cell]),
    paint,
  );
}
