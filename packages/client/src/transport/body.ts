/**
 * Parses JSON without rounding. Ids of this service exceed 2^53; should one arrive as a number, its digits are kept, as
 * a string.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(keepLongNumbers(text));
}

/** Puts quotes around integers of 16 digits and more that stand outside of strings. */
export function keepLongNumbers(text: string): string {
  if (!/[:[,]\s*-?\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

/** Error code and text of an error body, in any of the shapes that the service, the gateway and IAM use. */
export function readErrorBody(body: unknown): { code?: string; message?: string } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return {};
  const fields = body as Record<string, unknown>;
  for (const [code, message] of shapes) {
    if (fields[code] !== undefined && fields[message] !== undefined) {
      return { code: String(fields[code]), message: String(fields[message]) };
    }
  }
  for (const inner of Object.values(fields)) {
    const found = readErrorBody(inner);
    if (found.code !== undefined) return found;
  }
  return {};
}

const shapes = [
  ["error_code", "error_msg"],
  ["errorCode", "errorMsg"],
  ["code", "message"],
] as const;
