import type { Arguments } from "./arguments.ts";
import type { AnsweredRequest, ServeOptions } from "./serve.ts";

const longest = 400;

/**
 * Writes the log: a line for each request that was answered, and one for each that a fault holds.
 *
 * @param form how: as lines for people, as an object in each line, or not at all.
 */
export function requestLog(
  form: Arguments["log"],
  write: (line: string) => void,
): Required<Pick<ServeOptions, "onRequest" | "onWaiting">> {
  if (form === "none") return { onRequest: () => {}, onWaiting: () => {} };
  if (form === "json")
    return {
      onRequest: (request) => write(JSON.stringify(request)),
      onWaiting: (request) => write(JSON.stringify({ ...request, answered: false })),
    };
  return {
    onRequest: (request) => write(logLine(request)),
    onWaiting: ({ at, method, path }) => write(printable(`${at}  ${method} ${path}  is not answered yet`)),
  };
}

/** A request as a line of the log. Holds nothing that a header, a query or a body has said. */
function logLine(request: AnsweredRequest): string {
  const { at, gone, method, path, status, durationMs, operationId, code, message, faults, signature } = request;
  const parts = [
    at,
    method === "" ? "unreadable" : `${method} ${path}`,
    status === 0 ? "cut" : String(status),
    `${durationMs.toFixed(1)} ms`,
    ...(gone ? ["the caller had gone"] : []),
    ...(operationId === undefined ? [] : [operationId]),
    ...(faults === undefined ? [] : [`by fault ${faults.join(", ")}`]),
    ...(code === undefined && message === undefined ? [] : [[code, message].filter(Boolean).join(" ")]),
    ...(signature === undefined ? [] : [signature.hint ?? "see /__emulator/requests for what should have been signed"]),
  ];
  return printable(parts.join("  "));
}

/** Without what would move the cursor or start another line: names in messages come from the caller. */
function printable(text: string): string {
  const line = text.replace(/\p{Cc}/gu, "?");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
