import { routes } from "../generated/contract.ts";
import type { Route } from "./route.ts";

/** A route with the raw values of its path parameters. */
export interface Match {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

interface PathPattern {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly byMethod: ReadonlyMap<string, Route>;
}

const patterns = compile(routes);

/**
 * Finds the route of a request. A path that the contract has with other methods only is "method"; a path that it does
 * not have is "path".
 */
export function findRoute(method: string, path: string): Match | "method" | "path" {
  for (const { pattern, names, byMethod } of patterns) {
    const values = pattern.exec(path);
    if (values === null) continue;
    const route = byMethod.get(method);
    if (route === undefined) return "method";
    return { route, path: Object.fromEntries(names.map((name, index) => [name, values[index + 1] as string])) };
  }
  return "path";
}

/**
 * The route of an operation.
 *
 * @throws Error when the contract has none.
 */
export function routeOf(operationId: string): Route {
  const route = routes.find((one) => one.operationId === operationId);
  if (route === undefined) throw new Error(`The contract has no operation ${operationId}.`);
  return route;
}

/** The first route of a path, for the words of a refusal. */
export function anyRouteOf(path: string): Route | undefined {
  return patterns
    .find(({ pattern }) => pattern.test(path))
    ?.byMethod.values()
    .next().value;
}

/** Literal segments win over parameters, as OpenAPI says. */
function compile(table: readonly Route[]): PathPattern[] {
  const byPath = groupByPath(table);
  return [...byPath]
    .sort(([a], [b]) => count(a) - count(b))
    .map(([path, group]) => ({
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]*)").replaceAll(".", "\\.")}$`),
      names: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string),
      byMethod: new Map(group.map((route) => [route.method, route])),
    }));
}

/** Like `Map.groupBy`, which came with Node 21. */
function groupByPath(table: readonly Route[]): Map<string, Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of table) groups.set(route.path, [...(groups.get(route.path) ?? []), route]);
  return groups;
}

function count(path: string): number {
  return path.split("{").length;
}
