import type { components } from "../../generated/aps.ts";
import { paginate } from "../paginate.ts";
import { serviceTimeMs, toleranceMs } from "../service-time.ts";
import { jobTypes } from "./next-step.ts";
import { note, type RolloutRun, reading } from "./rollout-run.ts";
import { serverOf } from "./rollout-state.ts";
import { type SeenServer, seenServer } from "./seen-server.ts";

type Part = components["schemas"]["ServerSubJob"];

/**
 * Looks for the jobs of requests that have no answer, or a refusal, among all parts of jobs. A part that runs may not name its
 * server by its id yet, so its name counts as well, where no other server of the project has the same: one of two is never
 * guessed, and stays in doubt until the part names its id. A request has started nothing only when no part is left that may be its own.
 *
 * @param servers those in doubt, which are idle and as they were before their requests.
 */
export async function resolveDoubts(run: RolloutRun, servers: readonly SeenServer[]): Promise<void> {
  if (servers.length === 0) return;
  const parts = await partsSince(run, Math.min(...servers.map((server) => requestOf(run, server)?.atMs ?? 0)));
  for (const server of servers) {
    const { id, name } = server;
    const request = requestOf(run, server);
    const mine = parts.filter((part) => isLater(part, request?.atMs) && part.job_id !== request?.earlierJobId);
    const named = mine.find((part) => part.job_resource_info?.resource_id === id);
    const unnamed = mine.filter(isUnnamed);
    const ofName = unnamed.filter((part) => part.job_resource_info?.resource_name === name);
    const others = ofName.length === 0 ? [] : await othersNamed(run, server);
    // A server names its last job by its id.
    const sameName = ofName.filter((part) => others.every(({ jobId }) => jobId !== part.job_id));
    const job = named ?? (sameName.length === 1 && others.length === 0 ? sameName[0] : undefined);
    if (job !== undefined) await note(run, { type: "job", serverId: id, jobId: job.job_id });
    // What may be its own, and what does not say whose it is, leaves it in doubt.
    else if (sameName.length > 0 || unnamed.some((part) => !part.job_resource_info?.resource_name)) continue;
    else if (request?.refusal === undefined) await note(run, { type: "nothing", serverId: id });
    else await note(run, { type: "failed", serverId: id, reason: request.refusal });
  }
}

/** The other servers of a name, in whichever group. */
async function othersNamed(run: RolloutRun, { id, name }: SeenServer): Promise<SeenServer[]> {
  const others: SeenServer[] = [];
  // The filter takes a part of a name, too.
  for await (const server of paginate(run.methods.listServers, { query: { server_name: name } }, reading(run)))
    if (server.id !== id && server.name === name) others.push(seenServer(server));
  return others;
}

/** The parts of jobs that have begun since, but for those of jobs that are known to be of other requests. */
async function partsSince(run: RolloutRun, sinceMs: number): Promise<Part[]> {
  const known = new Set([...run.state.servers.values()].map(({ jobId }) => jobId));
  const parts: Part[] = [];
  for (const job_type of Object.values(jobTypes)) {
    for await (const part of paginate(run.methods.listSubJobs, { query: { job_type } }, reading(run)))
      if (isLater(part, sinceMs) && !known.has(part.job_id)) parts.push(part);
  }
  return parts;
}

function requestOf({ state }: RolloutRun, { id }: SeenServer) {
  return serverOf(state, id).reimage;
}

/** A part without a time may be later. */
function isLater({ begin_time }: Part, atMs = 0): boolean {
  return !(serviceTimeMs(begin_time) < atMs - toleranceMs);
}

function isUnnamed({ job_resource_info }: Part): boolean {
  return !job_resource_info?.resource_id;
}
