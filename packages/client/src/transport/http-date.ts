/** The three forms that HTTP knows: that of today, and two that a recipient must still take (RFC 9110, section 5.6.7). */
const forms =
  /^(?:\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT|\w{6,9}, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT|\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/** A date of HTTP in milliseconds since 1970; undefined for any other text, which `Date.parse` might take for one. */
export function parseHttpDate(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? "";
  if (!forms.test(trimmed)) return undefined;
  // The oldest form does not say that it is in UTC.
  const ms = Date.parse(trimmed.endsWith("GMT") ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
