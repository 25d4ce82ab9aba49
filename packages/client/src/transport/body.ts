/**
 * Parses JSON without rounding. Ids of this service exceed 2^53; should one arrive as a number, its digits are kept, as
 * a string.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(keepLongNumbers(text));
}

/** A body: parsed JSON, undefined where there is none, or the text of anything else. */
export function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** Puts quotes around integers of 16 digits and more that stand outside of strings. */
export function keepLongNumbers(text: string): string {
  if (!/[:[,]\s*-?\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}

/** Error code and text of an error body, in any of the shapes that the service, the gateway and IAM use. */
export function readErrorBody(body: unknown): { code?: string; message?: string } {
  return codeIn(body) ?? Object.values(Object(body)).map(codeIn).find(Boolean) ?? {};
}

function codeIn(body: unknown): { code: string; message: string } | undefined {
  const fields = Object(body) as Record<string, unknown>;
  for (const [code, message] of shapes) {
    if (isText(fields[code]) && isText(fields[message])) {
      return { code: String(fields[code]), message: String(fields[message]) };
    }
  }
  return undefined;
}

/** IAM gives some codes as numbers. */
function isText(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

const shapes = [
  ["error_code", "error_msg"],
  ["errorCode", "errorMsg"],
  ["code", "message"],
] as const;
