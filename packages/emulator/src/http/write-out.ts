import type { Context } from "../context.ts";
import type { FaultEffect } from "../faults/fault.ts";
import type { Hit } from "../faults/hit.ts";
import type { LoggedRequest } from "../logged-request.ts";
import type { Answer, IncomingRequest, RawAnswer } from "./message.ts";
import type { Route } from "./route.ts";

/** An answer with all that the log says about it. */
export interface Outcome {
  readonly request: IncomingRequest;
  readonly route?: Route | undefined;
  readonly answer: Answer;
  /** The faults that hit the call. */
  readonly hits: readonly Hit[];
  /** The one that spoils the answer on its way. */
  readonly spoiledBy?: FaultEffect;
}

/** Statuses whose answers have no body, by HTTP. */
const bodiless = new Set([204, 205, 304]);

/** Writes an answer out, with its request id, and says what is to be logged. */
export function writeOut({ clock, requestIds }: Pick<Context, "clock" | "requestIds">, outcome: Outcome): RawAnswer {
  const { answer, spoiledBy } = outcome;
  const requestId = requestIds.hex(32);
  const headers: Record<string, string> = {
    Date: new Date(clock.now()).toUTCString(),
    "X-Request-Id": requestId,
    ...answer.headers,
  };
  for (const name of outcome.route?.answerIds[answer.status] ?? []) headers[name] ??= requestId;
  const logged = logOf(outcome, requestId, clock.now());
  if (spoiledBy?.type === "cut") return { status: 0, headers, text: "", cut: "everything", logged };
  const { status } = answer;
  if (spoiledBy?.type === "body" && spoiledBy.body === "html") {
    headers["Content-Type"] = "text/html";
    return { status, headers, text: "<html><body><h1>Gateway</h1></body></html>", logged };
  }
  const isEmpty = bodiless.has(status) || (spoiledBy?.type === "body" && spoiledBy.body === "empty");
  const text = isEmpty ? "" : bodyText(answer, headers, requestId);
  return spoiledBy?.type === "body" && spoiledBy.body === "truncated"
    ? { status, headers, text, cut: "half", logged }
    : { status, headers, text, logged };
}

function bodyText({ body, layout }: Answer, headers: Record<string, string>, requestId: string): string {
  if (body === undefined) return "";
  if (typeof body === "string") return body;
  headers["Content-Type"] = "application/json";
  const isGateways = /^APIGW?\./.test(refusalOf(body).code ?? "");
  if (layout === "indented") return `${JSON.stringify(body, null, 2)}\n`;
  return JSON.stringify(isGateways ? { ...(body as object), request_id: requestId } : body);
}

function logOf({ request, route, answer, hits, spoiledBy }: Outcome, requestId: string, nowMs: number): LoggedRequest {
  return {
    at: new Date(nowMs).toISOString(),
    method: request.method,
    path: request.path,
    operationId: route?.operationId,
    status: spoiledBy?.type === "cut" ? 0 : answer.status,
    requestId,
    ...(answer.status < 400 ? {} : refusalOf(answer.body)),
    ...(hits.length === 0 ? {} : { faults: hits.map(({ id }) => id) }),
    ...(answer.signature === undefined ? {} : { signature: answer.signature }),
  };
}

/** Code and words of a refusal: by IAM, by the gateway or the service, or of something that steers the emulator. */
function refusalOf(body: unknown): { code?: string; message?: string } {
  if (typeof body !== "object" || body === null) return {};
  const { error_code, error_msg, error, message: own } = body as Readonly<Record<string, unknown>>;
  const { code, message } = (error ?? { code: error_code, message: error_msg ?? own }) as Readonly<
    Record<string, unknown>
  >;
  return {
    ...(code === undefined ? {} : { code: String(code) }),
    ...(message === undefined ? {} : { message: String(message) }),
  };
}
