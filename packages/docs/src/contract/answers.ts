import type { Contract, ErrorCode, JobKind } from "./document.ts";
import type { OperationView } from "./operations.ts";

/** A code that no source could read. */
export const unreadCode = "unknown";

/** The codes of the service and its gateway that come with a status. Which operation answers with which, no source says. */
export function codesWith(contract: Contract, status: string): string[] {
  const rows = contract["x-aps-error-codes"].filter(
    (row) => String(row.status) === status && answersCalls(row) && row.code !== unreadCode,
  );
  return [...new Set(rows.map(({ code }) => code))];
}

/** An error that is in the contract, as an example of its status. */
export function errorOf(contract: Contract, status: number, origin: ErrorCode["origin"]) {
  const found = contract["x-aps-error-codes"].find((row) => row.status === status && row.origin === origin);
  if (found === undefined) throw new Error(`The contract has no code of ${origin} with ${status}.`);
  return { status, code: found.code, message: found.meaning };
}

/** Whether a code comes with the answer to a call of this contract: those of IAM and of the image service do not. */
export function answersCalls({ origin }: Pick<ErrorCode, "origin">): boolean {
  return origin === "service" || origin === "gateway";
}

/** The type of the job that an operation starts, and how it goes on. */
export function jobOf(
  contract: Contract,
  { id }: Pick<OperationView, "id">,
): (JobKind & { readonly type: string }) | undefined {
  const found = Object.entries(contract["x-aps-job"].image.kinds).find(([, { startedBy }]) => startedBy === id);
  return found && { type: found[0], ...found[1] };
}

/** The least policy with which an IAM user may call an operation, as JSON. */
export function policyOf({ action, dependencies }: NonNullable<OperationView["authorization"]>): string {
  const statement = { Effect: "Allow", Action: [action, ...dependencies] };
  return JSON.stringify({ Version: "5.0", Statement: [statement] }, null, 2);
}
