import { createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import { ValidationError } from "../errors/validation-error.ts";
import { issue } from "../validation/issue.ts";

const serialize = /* @__PURE__ */ createQuerySerializer();

/** A query as openapi-fetch writes it. What a shell or a gateway may stumble over is encoded too, as in a signature. */
export function fillQuery(query: Readonly<Record<string, unknown>>): string {
  return encodeRest(serialize(query));
}

/** `encodeURIComponent` leaves five characters that RFC 3986 reserves. */
function encodeRest(text: string): string {
  return text.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Fills a path template.
 *
 * @throws ValidationError when a value is missing, empty, `.` or `..`: a URL parser would then call another path.
 */
export function fillPath(template: string, values: Readonly<Record<string, unknown>>): string {
  for (const name in values) {
    const value = values[name];
    if (value === "" || value === "." || value === "..") throw refused(template, name, value);
  }
  const filled = encodeRest(defaultPathSerializer(template, values));
  const [, missing] = filled.includes("{") ? (/\{(\w+)\}/.exec(filled) ?? []) : [];
  if (missing !== undefined) throw refused(template, missing, "");
  return filled;
}

function refused(template: string, name: string, value: string): ValidationError {
  const path = template.replace(/^\w+:\/\/[^/]+/, "");
  const text = 'must not be empty, "." or "..", which would change the path';
  return new ValidationError(path, [issue(`/path/${name}`, "path", undefined, value, text)]);
}
