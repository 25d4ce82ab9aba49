import { job as facts, serverJob } from "../generated/contract.ts";

const { waiting, done, failed } = facts.subJobs.states;
const known: ReadonlyMap<string, string> = new Map(
  [...Object.keys(facts.kinds), ...Object.keys(serverJob.kinds), ...waiting, ...done, ...failed].map((text) => [
    text,
    text,
  ]),
);

/**
 * A type or a state as jobs hold it. A text that came in a query is another one with the same characters, and comparing
 * it with those of a hundred thousand jobs costs several times as much as comparing the very same.
 */
export function knownText(given: unknown): string {
  return known.get(String(given ?? "")) ?? String(given ?? "");
}
