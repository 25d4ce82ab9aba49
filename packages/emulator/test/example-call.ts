import ims from "@workspace-aps/spec/ims.json" with { type: "json" };
import aps from "@workspace-aps/spec/openapi.json" with { type: "json" };
import type { Route } from "../src/http/route.ts";
import { tokenRequest } from "./call.ts";

type Node = Readonly<Record<string, unknown>>;

type Paths = Readonly<Record<string, Readonly<Record<string, Node>>>>;

/** A body that the operation takes: the contract's first example. */
export function exampleBody(route: Route): string {
  if (route.service === "iam") return JSON.stringify(tokenRequest());
  const { requestBody } = operationOf(route);
  const content = (requestBody as { content: { "application/json": { examples: Node } } }).content;
  const [first] = Object.values(content["application/json"].examples);
  return JSON.stringify(follow(route, first).value);
}

/** The query parameters that the operation requires, with the contract's examples as values. */
export function requiredQuery(route: Route): string {
  if (route.service === "iam") return "";
  const parameters = (operationOf(route).parameters as readonly unknown[]).map((one) => follow(route, one));
  const required = parameters.filter((parameter) => parameter.in === "query" && parameter.required === true);
  return new URLSearchParams(required.map(({ name, example }) => [String(name), String(example)])).toString();
}

function operationOf(route: Route): Node {
  const paths = documentOf(route).paths as unknown as Paths;
  return paths[route.path]?.[route.method.toLowerCase()] ?? {};
}

function documentOf({ service }: Route) {
  return service === "ims" ? ims : aps;
}

function follow(route: Route, node: unknown): Node {
  const { $ref } = node as { readonly $ref?: string };
  if ($ref === undefined) return node as Node;
  const names = $ref.split("/").slice(1);
  return names.reduce<unknown>((inner, name) => (inner as Node)[name], documentOf(route)) as Node;
}
