import type { DocumentedError } from "../generated/contract.ts";
import type { Answer } from "./message.ts";
import type { Route } from "./route.ts";

/** Thrown anywhere while a request is handled; becomes the answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status}`);
    this.answer = answer;
  }
}

/**
 * Refuses in the words of the service, or of the image service. The code is that of the contract's example for this status;
 * which code the real service gives for a wrong state is unknown.
 */
export function serviceRefusal(route: Route, status: number, message?: string): Refusal {
  const { error_code, error_msg, error } = (route.examples[status] ?? {}) as {
    readonly error_code?: string;
    readonly error_msg?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
  if (error !== undefined)
    return new Refusal({ status, body: { error: { code: error.code, message: withDetail(error.message, message) } } });
  return new Refusal({ status, body: { error_code, error_msg: withDetail(error_msg, message) } });
}

function withDetail(words: string | undefined, detail: string | undefined): string | undefined {
  return detail === undefined ? words : `${words?.replace(/\.$/, "")}. ${detail}`;
}

/** Refuses in the words of the gateway, which stands in front of the service. */
export function gatewayRefusal(...[status, code, message]: [...DocumentedError, message: string]): Refusal {
  return new Refusal({ status, body: { error_msg: message, error_code: code } });
}

/** Refuses in the words of IAM. */
export function iamRefusal(route: Route, status: number, message?: string): Refusal {
  const example = (route.examples[status] ?? {}) as { error?: { code: number; message: string; title: string } };
  return new Refusal({ status, body: { error: { ...example.error, ...(message === undefined ? {} : { message }) } } });
}
