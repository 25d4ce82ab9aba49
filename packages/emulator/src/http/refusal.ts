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
 * Refuses in the words of the service. The code is that of the contract's example for this status; which code the real
 * service gives for a wrong state is unknown.
 */
export function serviceRefusal(route: Route, status: number, message?: string): Refusal {
  const example = (route.examples[status] ?? {}) as { error_code?: string; error_msg?: string };
  const words = example.error_msg?.replace(/\.$/, "");
  const text = message === undefined ? example.error_msg : `${words}. ${message}`;
  return new Refusal({ status, body: { error_code: example.error_code, error_msg: text } });
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
