import { type ErrorCode, errorCodes } from "../generated/error-codes.ts";

/**
 * Looks a code up. One code can mean different things with different statuses, so that a status that came with it must be
 * the one of the catalogue, unless the catalogue does not know it.
 */
export function lookUp(code: string | undefined, status?: number): ErrorCode | undefined {
  if (!code) return undefined;
  const wanted = normalCode(code);
  const found = errorCodes.filter((known) => known.code === wanted);
  if (status === undefined) return found[0];
  return found.find((known) => known.status === status) ?? found.find((known) => known.status === "unknown");
}

/** A code as the contract lists it. The gateway writes APIG for APIs of users and APIGW for cloud services, with the same numbers. */
export function normalCode(code: string): string {
  return code.replace(/^APIG\./, "APIGW.");
}
