import jmespath from "@jmespath-community/jmespath";
import { UsageError } from "../arguments/usage-error.ts";

/**
 * What a JMESPath expression finds in a document; null where there is nothing.
 *
 * @throws UsageError when the expression is none.
 */
export async function search(document: unknown, expression: string): Promise<unknown> {
  try {
    return jmespath.search(document as never, expression) ?? null;
  } catch (error) {
    throw new UsageError(`--query: ${(error as Error).message}`);
  }
}

/** @throws UsageError when the expression is none, before anything is sent. */
export function refuseQuery(expression: string): void {
  try {
    jmespath.compile(expression);
  } catch (error) {
    throw new UsageError(`--query: ${JSON.stringify(expression)} is not JMESPath. ${(error as Error).message}.`);
  }
}
