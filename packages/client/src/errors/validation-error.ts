import type { Issue } from "../validation/issue.ts";
import { ApsError } from "./aps-error.ts";

/** The request breaks rules of the contract. Nothing was sent. */
export class ValidationError extends ApsError {
  override name = "ValidationError";
  /** The operation that was called, by its operationId. */
  readonly operationId: string;
  /** Every rule that is broken, not only the first. */
  readonly issues: readonly Issue[];

  constructor(operationId: string, issues: readonly Issue[]) {
    super(`${operationId} was not sent. ${issues.map((issue) => issue.message).join(" ")}`);
    this.operationId = operationId;
    this.issues = issues;
  }
}
