import { ApiError } from "../errors/api-error.ts";
import type { Operation } from "../operation.ts";
import { readErrorBody } from "./body.ts";
import { retryAfterMs } from "./retry.ts";

const longestBody = 500;

/** Makes the error of an answer that refuses a call. */
export function refusal(
  operation: Operation,
  { response, body }: { readonly response: Response; readonly body: unknown },
  nowMs: number,
): ApiError {
  const { code, message } = readErrorBody(body);
  return new ApiError({
    ...answerDetails(operation, response, body),
    retryAfterMs: retryAfterMs(response.headers, nowMs),
    code,
    permission: response.status === 403 ? (operation.action ?? "unknown") : undefined,
    problem: problemOf(operation, response, code, message),
  });
}

/** Makes the error of an answer that claims success but is none: HTML from a proxy, cut short, or without its fields. */
export function unreadable(operation: Operation, response: Response, text: string, problem: string): ApiError {
  const shown = text === "" ? "" : ` The body begins with ${JSON.stringify(text.slice(0, 80))}.`;
  const details = answerDetails(operation, response, text);
  return new ApiError({ ...details, problem: `status ${response.status}, but ${problem}.${shown}` });
}

function answerDetails(operation: Operation, { status, headers }: Response, body: unknown) {
  return {
    operationId: operation.id,
    status,
    requestId: headers.get("X-Request-Id") ?? headers.get("X-IAM-Trace-Id") ?? requestIdIn(body),
    body: typeof body === "string" ? body.slice(0, longestBody) : body,
  };
}

function problemOf(operation: Operation, response: Response, code?: string, message?: string): string {
  if (isRedirect(response))
    return "answered with a redirect, which is never followed with credentials. Check the endpoint.";
  const isKnown = response.status === 403 && operation.action !== undefined;
  const permission = isKnown ? ` The operation needs the permission ${operation.action}.` : "";
  const reason = [code, message].filter((part) => part !== undefined).join(" ");
  return `refused with status ${response.status}${reason === "" ? "" : ` (${reason})`}.${permission}`;
}

function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
}

function requestIdIn(body: unknown): string | undefined {
  const id = (body as { request_id?: unknown } | null | undefined)?.request_id;
  return typeof id === "string" ? id : undefined;
}
