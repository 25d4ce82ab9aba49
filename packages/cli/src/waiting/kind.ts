import { job } from "../generated/job.ts";

/** The kinds of jobs that the contract knows. An answer may have others. */
export type Kind = keyof typeof job.kinds;

/** The kind that a job says it is of; undefined for one that the contract does not know. */
export function kindOf(jobType: string | undefined): Kind | undefined {
  return (Object.keys(job.kinds) as Kind[]).find((kind) => kind === jobType);
}

/** The kind of the jobs that an operation starts; undefined when it starts none. */
export function kindStartedBy(operationId: string): Kind | undefined {
  return (Object.keys(job.kinds) as Kind[]).find((kind) => job.kinds[kind].startedBy === operationId);
}

/** What jobs of a kind make, in one word: `image`, `server`, or nothing. */
export function productOf(kind: Kind | undefined): "image" | "server" | "resource" | undefined {
  const produces = kind === undefined ? undefined : job.kinds[kind].produces;
  if (produces === "nothing") return undefined;
  return produces === "image" ? "image" : produces === "image server" ? "server" : "resource";
}
