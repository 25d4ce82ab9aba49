import type { IncomingRequest } from "../http/message.ts";
import type { Match } from "../http/router.ts";
import { isAboutJob } from "../views/jobs.ts";
import type { State } from "../world/state.ts";

/** Says of a resource whether a call names it in path, query or body, or asks for a job that is about it. */
export function whatItIsAbout(state: State, request: IncomingRequest, { path }: Match): (resource: string) => boolean {
  let named: ReadonlySet<string> | undefined;
  return (resource) => {
    named ??= new Set([
      ...Object.values(path).map(decode),
      ...new URLSearchParams(request.query).values(),
      ...textsIn(bodyOf(request)),
    ]);
    if (named.has(resource)) return true;
    const job = state.projects.get(path.project_id ?? "")?.jobs.get(path.job_id ?? "");
    return job !== undefined && isAboutJob(job)(resource);
  };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function bodyOf({ body }: IncomingRequest): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
