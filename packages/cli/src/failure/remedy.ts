import { errorCodes } from "../generated/error-codes.ts";

/** What the contract knows about an error code. */
export interface Known {
  readonly meaning: string;
  readonly remedy: string;
  readonly retryable: boolean;
}

/** Looks a code up, with the status that came with it where the code has several meanings. */
export function lookUp(code: string | undefined, status?: number): Known | undefined {
  if (!code) return undefined;
  // The gateway writes APIG for APIs of users and APIGW for cloud services, with the same numbers.
  const wanted = code.replace(/^APIG\./, "APIGW.");
  const found = errorCodes.filter((known) => known.code === wanted);
  return (
    found.find((known) => known.status === status) ??
    (found.length === 1 || status === undefined ? found[0] : undefined)
  );
}
