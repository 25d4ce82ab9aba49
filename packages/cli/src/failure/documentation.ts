import { documentationUrl } from "../generated/version.ts";

/**
 * The page in the documentation that tells most about a refusal: that of its code when the contract knows it, else that
 * of the operation. Undefined where the address of the site was not known when this was built.
 *
 * @param site the address of the site, with a slash at its end.
 */
export function pageOf(
  operationId: string,
  knownCode: string | undefined,
  site: string = documentationUrl,
): string | undefined {
  if (site === "") return undefined;
  if (knownCode !== undefined) return `${site}errors/${knownCode.replaceAll(".", "-").toLowerCase()}/`;
  return `${site}reference/${operationId.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}/`;
}
