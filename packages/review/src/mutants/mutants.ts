import { operationsOf } from "../operations.ts";
import { factMutations } from "./fact-mutants.ts";
import { type OperationMutation, operationMutations } from "./operation-mutants.ts";
import { type Any, type Place, placesOf } from "./places.ts";
import { answerMutations, requestMutations, type SchemaMutation } from "./schema-mutants.ts";

/** A document with one change, and what is known of it. */
export interface Mutant {
  readonly name: string;
  /** Whether callers must hear of it; false where it does them no harm. */
  readonly breaks: boolean;
  readonly document: Any;
}

const ofSchemas: readonly SchemaMutation[] = [...requestMutations, ...answerMutations];
const ofOperations: readonly OperationMutation[] = [...operationMutations, ...factMutations];

/**
 * Makes mutants of a document, of every kind in turn, each at a place of its own choice.
 *
 * @param random gives numbers from 0 up to 1.
 */
export function* mutantsOf(document: Any, random: () => number): Generator<Mutant, never> {
  for (;;) {
    for (const mutation of ofSchemas) {
      const copy = structuredClone(document);
      const place = placeFor(mutation, copy, random);
      if (place === undefined) continue;
      mutation.apply(place);
      yield {
        name: `${mutation.direction}: ${mutation.name} (${place.where})`,
        breaks: mutation.breaks,
        document: copy,
      };
    }
    for (const mutation of ofOperations) {
      const copy = structuredClone(document);
      const operation = pick(operationsOf(copy), random);
      if (operation === undefined || !mutation.apply(copy, operation)) continue;
      yield { name: `${mutation.name} (${operation.node.operationId})`, breaks: mutation.breaks, document: copy };
    }
  }
}

/** A place for a mutation, in the first operation that has one. */
function placeFor({ fits }: SchemaMutation, document: Any, random: () => number): Place | undefined {
  const left = operationsOf(document);
  while (left.length > 0) {
    const places = placesOf(document, left.splice(Math.floor(random() * left.length), 1)).filter(fits);
    if (places.length > 0) return pick(places, random);
  }
  return undefined;
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}
