import type { ImageJob } from "../../errors/job-failed-error.ts";
import { job as facts } from "../../generated/contract.ts";
import { listImageJobs } from "../../generated/operations.ts";
import { methodsOf } from "../../methods.ts";
import type { ListedJobFamily } from "../job/job-family.ts";
import { paginate } from "../paginate.ts";
import { imageJobs, type MadeImage } from "./image-jobs.ts";

/** The jobs that make images, with the list of them, which a program that waits for one does not carry. */
export function listedImageJobs(): ListedJobFamily<ImageJob, { readonly image: MadeImage }> {
  return {
    ...imageJobs,
    async activeJobs(client, call) {
      const { listImageJobs: list } = methodsOf(client, { listImageJobs });
      const found = new Map<string, string>();
      for (const status of facts.states.waiting) {
        const query = { job_type: "CREATE_SERVER_IMAGE", status } as const;
        for await (const job of paginate(list, { query }, call)) found.set(job.id, status);
      }
      return found;
    },
  };
}
