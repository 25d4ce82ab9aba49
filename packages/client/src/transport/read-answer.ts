import { job } from "../generated/contract.ts";
import { showImageJob } from "../generated/operations.ts";
import type { Operation } from "../operation.ts";
import { check } from "../validation/check.ts";
import type { Answer } from "./answer.ts";
import { bodyOf, keepLongNumbers, parseJson } from "./body.ts";
import { unreadable } from "./refusal.ts";

/**
 * Reads an answer. A success that is none fails the attempt: HTML from a proxy, a body cut short or empty, a job without a
 * usable id.
 *
 * @throws ApiError when it is none.
 */
export function readAnswer(operation: Operation, response: Response, text: string): Answer {
  if (!response.ok || operation.isUnlisted) return { response, text, body: bodyOf(text) };
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
  const rules = showImageJob.request.properties?.path?.properties?.[job.parameter];
  return rules === undefined || check(rules, id).length === 0;
}

/** The answer as the platform would give it out, with its text at hand; its own methods would find the body used up. */
export function responseOf({ response, text, body }: Answer): Response {
  return Object.assign(response, {
    text: async () => keepLongNumbers(text),
    json: async () => (typeof body === "object" ? body : parseJson(text)),
  });
}

/** The same for a caller of whom is not known how it reads a body. */
export function wholeResponseOf(answer: Answer): Response {
  const { response, text } = answer;
  // One for a redirect that a browser hides cannot be made.
  if (response.type === "opaqueredirect") return responseOf(answer);
  const { status, statusText, headers } = response;
  return new Response(text === "" ? null : keepLongNumbers(text), { status, statusText, headers });
}
