import { ApiError, type FleetOutcome } from "@workspace-aps/client";
import { lookUp } from "../failure/remedy.ts";

/** Where to read about the known error codes of what was refused or has failed. */
export function aboutCodes(outcomes: readonly FleetOutcome[]): string[] {
  const known = outcomes.flatMap((outcome) => {
    if (outcome.result === "failed") return outcome.failures.map(({ code }) => lookUp(code)?.code);
    if (!("error" in outcome) || !(outcome.error instanceof ApiError)) return [];
    return [lookUp(outcome.error.code, outcome.error.status)?.code];
  });
  const codes = [...new Set(known.filter((code) => code !== undefined))];
  return codes.length === 0
    ? []
    : [`More about ${codes.length === 1 ? "the code" : "the codes"}: aps error ${codes.join(" ")}`];
}
