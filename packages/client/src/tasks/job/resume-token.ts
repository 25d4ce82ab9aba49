import type { Client } from "../../client.ts";
import { ValidationError } from "../../errors/validation-error.ts";
import { issue } from "../../validation/issue.ts";

/** What is needed to go on waiting for a job, in another process or on another day. */
export interface ResumePoint {
  readonly jobId: string;
  /** The project of the job. Default: that of the client that waits. */
  readonly projectId?: string | undefined;
  /** Base URL of the service that the job is of, as in `client.settings.endpoint`. Default: that of the client that waits. */
  readonly endpoint?: string | undefined;
}

/** Names the version of the format, so that a later one can tell. */
const prefix = "apsjob2.";

/**
 * Packs a resume point into one short text without secrets, for a queue or a workflow engine to hold.
 *
 * @returns `apsjob2.`, the ids and the place, safe in URLs and file names.
 */
export function resumeToken({ jobId, projectId = "", endpoint = "" }: ResumePoint): string {
  const place = btoa(endpoint).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return `${prefix}${jobId}.${projectId}.${place}`.replace(/\.+$/, "");
}

/**
 * Reads a resume token, or a plain job id.
 *
 * @throws ValidationError when it is a token of a version that this client does not know, or cut short.
 */
export function readResumeToken(text: string): ResumePoint {
  if (!text.startsWith("apsjob")) return { jobId: text };
  const [, jobId, projectId, place] = /^apsjob[12]\.([\w-]+)(?:\.([\w-]*))?(?:\.([\w-]+))?$/.exec(text) ?? [];
  if (jobId === undefined) throw refused(text, prefix, "must be a job id, or a resume token of version 1 or 2");
  return {
    jobId,
    ...(projectId ? { projectId } : {}),
    ...(place === undefined ? {} : { endpoint: atob(place.replace(/-/g, "+").replace(/_/g, "/")) }),
  };
}

/**
 * Reads a resume token, or a plain job id, for a client that is to look at the job.
 *
 * @throws ValidationError before anything is sent, also for a job of another endpoint or project than the client's.
 */
export function resumePointFor({ settings }: Client, text: string): ResumePoint {
  const point = readResumeToken(text);
  for (const name of ["endpoint", "projectId"] as const) {
    const [asked, own] = [point[name], settings[name]];
    if (asked === undefined || own === undefined || asked === own) continue;
    const rule = `is of a job of ${name} ${asked}, and this client is of ${own}; wait for it with a client of that one`;
    throw refused(text, asked, rule);
  }
  return point;
}

function refused(text: string, expected: string, rule: string): ValidationError {
  return new ValidationError("waitForImageJob", [issue("/jobId", "format", expected, text, rule)]);
}
