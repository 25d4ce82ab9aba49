import { job } from "../generated/contract.ts";
import { requestSchemaOf } from "../generated/request-schemas.ts";
import type { OperationFacts } from "../operation.ts";
import { check } from "../validation/check.ts";
import { bodyOf, keepLongNumbers, parseJson } from "./body.ts";
import { unreadable } from "./refusal.ts";

/** An answer that was read to its end. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
  /** Parsed JSON, undefined where there is no body, or the text of anything else. */
  readonly body: unknown;
}

/**
 * Reads an answer. A success that is none fails the attempt: HTML from a proxy, a body cut short or empty, a job without a
 * usable id.
 *
 * @throws ApiError when it is none.
 */
export function readAnswer(operation: OperationFacts, response: Response, text: string): Answer {
  if (!response.ok) return { response, text, body: bodyOf(text) };
  const fail = (problem: string) => unreadable(operation, response, text, problem);
  let body: unknown;
  try {
    body = text === "" ? undefined : parseJson(text);
  } catch {
    throw fail("the body is not JSON");
  }
  if (!operation.hasNoBody && (typeof body !== "object" || body === null || Array.isArray(body))) {
    throw fail("the body is empty or not an object");
  }
  if (operation.startsJob && !namesJob(body)) throw fail("the body names no job");
  return { response, text, body };
}

/** Whether an answer names a job that can be looked at: its id must keep the rules for the parameter that takes it. */
function namesJob(body: unknown): boolean {
  const id = (body as Readonly<Record<string, unknown>>)[job.startedJobId.slice(1)];
  const rules = requestSchemaOf("showImageJob")?.properties?.path?.properties?.[job.parameter];
  return rules === undefined || check(rules, id).length === 0;
}

/** The answer as the platform would give it out, with its text at hand; its own methods would find the body used up. */
export function responseOf({ response, text }: Answer): Response {
  return Object.assign(response, {
    text: async () => keepLongNumbers(text),
    json: async () => parseJson(text),
  });
}
