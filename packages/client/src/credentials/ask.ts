import { CredentialsError } from "../errors/credentials-error.ts";
import { failureReason, isLasting } from "../transport/fetch-failure.ts";
import { within } from "../transport/within.ts";
import type { CredentialContext } from "./credential.ts";

/** An answer that was read to its end. */
export interface SourceAnswer {
  readonly response: Response;
  readonly text: string;
}

/**
 * Sends a request of a credential source and reads the answer, within the time of one attempt.
 *
 * @param who begins the message of an error: what is asked.
 * @throws CredentialsError when there is no whole answer; a transient one, unless somebody has to mend something first.
 */
export async function ask(
  who: string,
  context: CredentialContext,
  url: string,
  init: RequestInit,
  timeoutMs: number = context.timeoutMs ?? 60_000,
): Promise<SourceAnswer> {
  const late = () => {
    throw new CredentialsError(`${who} gave no answer within ${timeoutMs} ms.`, { isTransient: true });
  };
  try {
    return await within(timeoutMs, undefined, late, async (signal) => {
      const response = await context.fetch(url, { ...init, redirect: "manual", signal });
      return { response, text: await response.text() };
    });
  } catch (cause) {
    if (cause instanceof CredentialsError) throw cause;
    const isTransient = !isLasting(cause);
    throw new CredentialsError(`${who} could not be reached (${failureReason(cause)}).`, { cause, isTransient });
  }
}
