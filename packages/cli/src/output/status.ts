import { job } from "../generated/job.ts";
import type { Paint } from "../terminal/streams.ts";

const { states, subJobs, kinds } = job;
const good = new Set<string>([...states.done, ...Object.values(kinds).map(({ server }) => server.after)]);
const bad = new Set<string>([...states.failed, ...subJobs.states.failed, "ERROR"]);
const busy = new Set<string>([...subJobs.states.waiting, ...Object.values(kinds).map(({ server }) => server.during)]);

/** The colour of a state of a job or a server, as the contract classifies it. */
export function paintStatus(status: string, paint: Paint): ((text: string) => string) | undefined {
  if (bad.has(status)) return paint.red;
  if (busy.has(status)) return paint.yellow;
  return good.has(status) ? paint.green : undefined;
}
