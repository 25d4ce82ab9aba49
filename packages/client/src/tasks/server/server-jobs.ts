import type { Client } from "../../client.ts";
import { JobFailedError, type ServerJob } from "../../errors/job-failed-error.ts";
import { serverJob as facts } from "../../generated/contract.ts";
import { at, failuresOf, hasEnded, hasFailed, itemsAt } from "../../job.ts";
import type { CallOptions } from "../../method.ts";
import type { ListedJobFamily } from "../job/job-family.ts";
import { paginate } from "../paginate.ts";
import { serverMethods } from "./server-methods.ts";

/** A job on application servers that has ended well. */
export interface DoneServerJob {
  readonly jobId: string;
  /** What it did, such as CHANGE_SERVER_IMAGE. */
  readonly jobType: string;
  /** Ids of the application servers that it worked on, or created, as far as its parts name them. */
  readonly serverIds: readonly string[];
  /** The job as last seen. */
  readonly job: ServerJob;
}

const create = "CREATE_SERVER" satisfies keyof typeof facts.kinds;

/** The jobs on application servers. There is no list of them: those that go on are found by their parts. */
export const serverJobs: ListedJobFamily<ServerJob, { readonly done: DoneServerJob }> = {
  facts,
  makes: "application server",
  get limitMs() {
    return Math.max(...Object.values(facts.kinds).map(({ limitSeconds }) => limitSeconds)) * 1000;
  },
  show: (client, { projectId, jobId }, call) =>
    serverMethods(client).showJobDetail({ path: { project_id: projectId, job_id: jobId } }, call),
  outcomeOf(job) {
    const { status } = job;
    if (hasFailed(facts, status)) {
      return { result: "failed", status, error: new JobFailedError(job, failuresOf(facts, job)), job };
    }
    const serverIds = serversOf(job);
    if (!hasEnded(facts, status) || (serverIds.length === 0 && job.job_type === create)) {
      return { result: "running", status, job };
    }
    return { result: "made", status, done: { jobId: job.id, jobType: job.job_type, serverIds, job }, job };
  },
  // What other jobs work on is known to who started them.
  namesResult: ({ job_type }) => job_type === create,
  async activeJobs(client: Client, call: CallOptions) {
    const found = new Map<string, string>();
    for (const status of facts.states.waiting) {
      const query = { job_type: "", status } as const;
      for await (const { job_id } of paginate(serverMethods(client).listSubJobs, { query }, call))
        found.set(job_id, status);
    }
    return found;
  },
};

function serversOf(job: ServerJob): string[] {
  const ids = itemsAt(job, facts.subJobs.items).map((part) => at(part, facts.subJobs.resourceId));
  return ids.filter((id): id is string => typeof id === "string" && id !== "");
}
