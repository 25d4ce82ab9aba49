import { documentationUrl } from "../generated/version.ts";

/**
 * The page of an operation in the documentation; undefined where its address was not known when this was built.
 *
 * @param site the address of the site, with a slash at its end.
 */
export function pageOf(operationId: string, site: string = documentationUrl): string | undefined {
  if (site === "") return undefined;
  const slug = operationId.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return `${site}reference/${slug}/`;
}
