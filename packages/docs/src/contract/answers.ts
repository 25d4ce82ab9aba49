import type { Contract, ErrorCode, JobFamilyName, JobKind, Service } from "./document.ts";
import type { OperationView } from "./operations.ts";

/** A code that no source could read. */
export const unreadCode = "unknown";

/** Whose codes come with answers to the calls of a service. The gateway stands in front of each. */
const origins: Readonly<Record<Service, readonly ErrorCode["origin"][]>> = {
  streaming: ["service", "gateway"],
  images: ["image-service", "gateway"],
};

/** The codes that come with a status of a service. Which operation answers with which, no source says. */
export function codesWith(contract: Contract, service: Service, status: string): string[] {
  const rows = contract["x-aps-error-codes"].filter(
    (row) => String(row.status) === status && answersCalls(row, service) && row.code !== unreadCode,
  );
  return [...new Set(rows.map(({ code }) => code))];
}

/** An error that is in the contract, as an example of its status. */
export function errorOf(contract: Contract, status: number, origin: ErrorCode["origin"]) {
  const found = contract["x-aps-error-codes"].find((row) => row.status === status && row.origin === origin);
  if (found === undefined) throw new Error(`The contract has no code of ${origin} with ${status}.`);
  return { status, code: found.code, message: found.meaning };
}

/** Whether a code comes with answers to the calls of a service. Those of IAM come with neither. */
export function answersCalls({ origin }: Pick<ErrorCode, "origin">, service: Service): boolean {
  return origins[service].includes(origin);
}

/** A kind of job, with its family and type. */
export interface StartedJob extends JobKind {
  readonly family: JobFamilyName;
  readonly type: string;
}

/** The job that an operation starts, and how it goes on. */
export function jobOf(contract: Contract, { id }: Pick<OperationView, "id">): StartedJob | undefined {
  const families = Object.entries(contract["x-aps-job"]) as [JobFamilyName, Contract["x-aps-job"][JobFamilyName]][];
  return families
    .flatMap(([family, { kinds }]) => Object.entries(kinds).map(([type, kind]) => ({ family, type, ...kind })))
    .find(({ startedBy, startedInBatchesBy }) => startedBy === id || startedInBatchesBy === id);
}

/** The family of jobs that an operation looks at, by one or by all; undefined when it looks at none. */
export function familyLookedAt(contract: Contract, { id }: Pick<OperationView, "id">): JobFamilyName | undefined {
  const families = Object.entries(contract["x-aps-job"]) as [JobFamilyName, Contract["x-aps-job"][JobFamilyName]][];
  return families.find(([, { show, list, subJobs }]) =>
    [show, list, subJobs.list, subJobs.count, subJobs.delete].some((call) => call?.operationId === id),
  )?.[0];
}

/** Where the page of jobs shows how long a kind of job takes. Two families have kinds of the same name. */
export function timeAnchor({ family, type }: Pick<StartedJob, "family" | "type">): string {
  return `time-${family}-${type.toLowerCase()}`;
}

/** The least policy with which an IAM user may call an operation, as JSON; undefined when its action is unknown. */
export function policyOf({ action, dependencies }: NonNullable<OperationView["authorization"]>): string | undefined {
  if (action === "unknown") return undefined;
  const statement = { Effect: "Allow", Action: [action, ...dependencies] };
  return JSON.stringify({ Version: "5.0", Statement: [statement] }, null, 2);
}
