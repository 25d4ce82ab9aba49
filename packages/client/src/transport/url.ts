import { ValidationError } from "../errors/validation-error.ts";
import { encodeUriPart, type QueryPair, sortedQuery } from "../sign/canonical.ts";
import { issue } from "../validation/issue.ts";

/**
 * Fills a path template. Every value is percent-encoded once, and these bytes are signed and sent.
 *
 * @throws ValidationError when a value is missing, empty, `.` or `..`: a URL parser would then call another path.
 */
export function fillPath(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = String(values[name] ?? "");
    if (value === "" || value === "." || value === "..") {
      const text = 'must not be empty, "." or "..", which would change the path';
      throw new ValidationError(template, [issue(`/path/${name}`, "path", undefined, value, text)]);
    }
    return encodeUriPart(value);
  });
}

/**
 * Query parameters as they are signed and sent: in canonical form, which is sorted. A space is `%20`, a list repeats its
 * name, undefined is left out.
 */
export function fillQuery(query: Readonly<Record<string, unknown>> = {}): string {
  const pairs: QueryPair[] = [];
  for (const name in query) {
    const given = query[name];
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value !== undefined && value !== null) pairs.push([encodeUriPart(name), encodeUriPart(String(value))]);
    }
  }
  return sortedQuery(pairs);
}
