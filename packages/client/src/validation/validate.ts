import { ValidationError } from "../errors/validation-error.ts";
import type { Operation, RequestParts } from "../operation.ts";
import { check } from "./check.ts";

/**
 * Holds a request against the contract.
 *
 * @throws ValidationError with every rule that it breaks.
 */
export function validate({ id, request: schema }: Operation, { path = {}, query = {}, body }: RequestParts): void {
  if (schema === undefined) return;
  const issues = check(schema, { path, query, body });
  if (issues.length > 0) throw new ValidationError(id, issues);
}
