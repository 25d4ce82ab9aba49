import { ValidationError } from "../../errors/validation-error.ts";
import { issue } from "../../validation/issue.ts";

/** What is needed to go on waiting for a job, in another process or on another day. */
export interface ResumePoint {
  readonly jobId: string;
  /** The project of the job, when it is not the client's. */
  readonly projectId?: string | undefined;
}

/** Names the version of the format, so that a later one can tell. */
const prefix = "apsjob1.";

/**
 * Packs a resume point into one short text without secrets, for a queue or a workflow engine to hold.
 *
 * @returns `apsjob1.` and the ids, safe in URLs and file names.
 */
export function resumeToken({ jobId, projectId }: ResumePoint): string {
  return `${prefix}${jobId}${projectId === undefined ? "" : `.${projectId}`}`;
}

/**
 * Reads a resume token, or a plain job id.
 *
 * @throws ValidationError when it is a token of a version that this client does not know, or cut short.
 */
export function readResumeToken(text: string): ResumePoint {
  if (!text.startsWith("apsjob")) return { jobId: text };
  const [, jobId, projectId] = /^apsjob1\.([\w-]+)(?:\.([\w-]+))?$/.exec(text) ?? [];
  if (jobId === undefined) {
    const rule = "must be a job id, or a resume token of version 1";
    throw new ValidationError("waitForImageJob", [issue("/jobId", "format", prefix, text, rule)]);
  }
  return { jobId, projectId };
}
