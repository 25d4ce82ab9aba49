import { ValidationError } from "../errors/validation-error.ts";
import { issue } from "../validation/issue.ts";

/** Headers as openapi-fetch takes them. */
export type GivenHeaders = Headers | Readonly<Record<string, unknown>> | undefined;

/**
 * Holds headers against what HTTP can carry.
 *
 * @param call what is called, for the message.
 * @throws ValidationError without any value; the error of the platform would show one.
 */
export function holdCarried(call: string, headers: GivenHeaders): void {
  if (headers === undefined || headers instanceof Headers) return;
  try {
    for (const name in headers) {
      for (const value of [headers[name]].flat()) {
        if (value !== undefined && value !== null) new Headers([[name, value as string]]);
      }
    }
  } catch {
    throw new ValidationError(call, [
      issue("/headers", "format", undefined, undefined, "hold a name or a value that HTTP cannot carry"),
    ]);
  }
}
