import type { CallOptions } from "../method.ts";
import type { Operation, RequestParts } from "../operation.ts";
import type { ProjectLookup } from "../project.ts";
import { type Settings, watching } from "../settings.ts";
import { validate } from "../validation/validate.ts";
import type { Exchange } from "./http.ts";
import { refusal } from "./refusal.ts";
import { notSent } from "./send.ts";
import { within } from "./within.ts";

/** Calls an operation: held against the contract, sent, and resolved to the body of its success. */
export type Call = (operation: Operation, args?: RequestParts, options?: CallOptions) => Promise<unknown>;

/** Makes what the methods of a client stand on. */
export function createCall(settings: Settings, exchange: Exchange, projectId: ProjectLookup): Call {
  return async (operation, args = {}, options = {}) => {
    const given = args.path?.project_id ?? settings.projectId;
    const isInPath = operation.path.includes("{project_id}");
    // A request that breaks a rule is refused before the project is looked up.
    const path = isInPath ? { ...args.path, project_id: given ?? unknownProject } : args.path;
    if (settings.validate) validate(operation, { path, query: args.query, body: args.body });
    let project = given as string | undefined;
    let sending = options;
    if (project === undefined) {
      const { signal, totalTimeoutMs = settings.totalTimeoutMs } = options;
      const startedAt = settings.monotonicNow();
      const late = notSent(operation, "project", totalTimeoutMs);
      project = await within(totalTimeoutMs, signal, late, () => projectId());
      if (isInPath) Object.assign(path ?? {}, { project_id: project });
      sending = { ...options, totalTimeoutMs: totalTimeoutMs - (settings.monotonicNow() - startedAt) };
    }
    const { data, error, response } = await exchange(operation, { ...args, path }, sending, project);
    watching(options.onResponse)?.(response);
    if (!response.ok) throw refusal(operation, { response, body: error === "" ? undefined : error }, settings.now());
    return operation.hasNoBody ? undefined : data;
  };
}

/** Stands for a project that is looked up later; fits the rules of the contract for project ids. */
const unknownProject = "unknown";
