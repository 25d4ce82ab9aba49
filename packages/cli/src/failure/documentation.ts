import { documentationUrl } from "../generated/version.ts";

/** Where the documentation tells more about an operation: a URL, or a path in the site while it has no known address. */
export function pageOf(operationId: string): string {
  const slug = operationId.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return `${documentationUrl}reference/${slug}/`;
}
