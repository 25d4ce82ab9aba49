import { type ErrorCode, errorCodes } from "../generated/error-codes.ts";

/** Looks a code up, with the status that came with it where the code has several meanings. */
export function lookUp(code: string | undefined, status?: number): ErrorCode | undefined {
  if (!code) return undefined;
  const wanted = normalCode(code);
  const found = errorCodes.filter((known) => known.code === wanted);
  return (
    found.find((known) => known.status === status) ??
    (found.length === 1 || status === undefined ? found[0] : undefined)
  );
}

/** A code as the contract lists it. The gateway writes APIG for APIs of users and APIGW for cloud services, with the same numbers. */
export function normalCode(code: string): string {
  return code.replace(/^APIG\./, "APIGW.");
}
