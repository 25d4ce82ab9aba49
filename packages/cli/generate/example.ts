import type { RequestParts } from "../src/request/build.ts";
import { exampleBody, type Operation } from "./contract.ts";

/** The contract's example of an operation: its body, its path, and what its query requires. */
export function exampleOf(operation: Operation): RequestParts {
  const of = (place: string, isWanted: (required: boolean) => boolean) =>
    Object.fromEntries(
      operation.parameters
        .filter(({ in: where, required, example }) => where === place && example !== undefined && isWanted(required))
        .map(({ name, example }) => [name, example]),
    );
  const body = exampleBody(operation);
  return {
    path: of("path", () => true),
    query: of("query", (required) => required),
    ...(body === undefined ? {} : { body }),
  };
}
