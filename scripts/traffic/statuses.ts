import type { Entry } from "./har.ts";

/** What is read of the contract. */
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
}

/**
 * Answers whose status the contract does not have, each in a line. `redocly drift` passes over these.
 *
 * @param contract the bundled contract.
 * @param entries the exchanges of a recording.
 */
export function undocumentedStatuses(contract: Contract, entries: readonly Entry[]): string[] {
  const paths = Object.entries(contract.paths).map(([path, item]) => ({
    path,
    item,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const found = entries.flatMap(({ request: { method, url }, response: { status } }) => {
    const { pathname } = new URL(url);
    // A path without parameters comes before one that would match it, too.
    const [match] = paths
      .filter(({ pattern }) => pattern.test(pathname))
      .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
    const operation = match?.item[method.toLowerCase()];
    if (match === undefined || operation === undefined || String(status) in operation.responses) return [];
    return [`${method} ${match.path} answered ${status}, which the contract does not have.`];
  });
  return [...new Set(found)];
}
