import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import cases from "@workspace-aps/spec/edge-cases.json" with { type: "json" };
import { createQuerySerializer } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/operations.ts";
import { type MethodName, type RequestParts, ValidationError } from "../src/index.ts";
import { validate } from "../src/validation/validate.ts";
import { exampleBodyOf } from "./example-body.ts";
import { requiredQueryOf } from "./example-query.ts";
import { tokenOf, world } from "./world.ts";

type Use = (typeof cases)[number]["uses"][number];
type Place = "path" | "query" | "body";

const methods = Object.entries(operations) as [MethodName, (typeof operations)[MethodName]][];
// Without servers, no request is refused for the state of one.
const emulator = createEmulator({ speed: 0, world: { ...defaultWorld, servers: [] } });
const token = await tokenOf(emulator);

describe.each(["passes", "fails"] as const)("a value at the edge that %s", (verdict) => {
  const rows = cases.flatMap((edge) =>
    edge.uses
      .filter((use) => use.in !== "header")
      .flatMap((use) =>
        edge[verdict].map(({ value, why }) => ({ use, value, why, what: `${use.operationId} ${use.at}` })),
      ),
  );

  it("comes from the contract", () => expect(rows.length).toBeGreaterThan(100));

  it.each(rows)("$what: $why", async ({ use, value }) => {
    const [name] = methods.find(([, { id }]) => id === use.operationId) ?? [];
    if (name === undefined) throw new Error(`No method for ${use.operationId}.`);
    const request = requestWith(name, use, value);
    expect(isAccepted(name, request)).toBe(verdict === "passes");
    // The emulator tells a project that is not the caller's before it looks at anything else.
    if (use.at === "project_id") return;
    const status = await statusOf(name, request);
    if (verdict === "passes") expect(status).not.toBe(400);
    // Some ids make another path, which does not exist or is that of another operation.
    else if (pathOf(name, request) === new URL(`http://127.0.0.1${pathOf(name, request)}`).pathname)
      expect(use.in === "path" ? [400, 404] : [400]).toContain(status);
  });
});

/** A request that is valid but for one value. */
function requestWith(name: MethodName, use: Use, value: unknown): Required<RequestParts> {
  const { path } = operations[name];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const request = {
    path: Object.fromEntries(names.map((id) => [id, id === "project_id" ? world.projectId : "1"])) as Record<
      string,
      unknown
    >,
    query: requiredQueryOf(name),
    body: structuredClone(exampleBodyOf(name)),
  };
  // A tag has two required fields; the contract's example has no tag.
  if (use.at.startsWith("/tags/")) set(request.body, ["tags", "0"], { key: "team", value: "images" });
  const place = use.in as Place;
  if (place === "body") set(request.body, use.at.split("/").slice(1), value);
  else request[place][use.at] = value;
  return request;
}

/** Sets a value in a body, making the objects and lists on the way to it. A list is entered at its first item. */
function set(target: unknown, [key, ...rest]: string[], value: unknown): void {
  const container = target as Record<string, unknown>;
  if (key === undefined) return;
  if (rest.length === 0) {
    container[key] = value;
    return;
  }
  container[key] ??= rest[0] === "0" ? [] : {};
  set(container[key], rest, value);
}

function isAccepted(name: MethodName, request: RequestParts): boolean {
  try {
    validate(operations[name], request);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}

function pathOf(name: MethodName, { path }: Pick<RequestParts, "path">): string {
  return operations[name].path.replace(/\{(\w+)\}/g, (_match, id: string) => encodeURIComponent(String(path?.[id])));
}

async function statusOf(name: MethodName, { path, query, body }: Required<RequestParts>): Promise<number> {
  const { method } = operations[name];
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const url = `http://127.0.0.1${pathOf(name, { path })}?${createQuerySerializer()(query)}`;
  const response = await emulator.fetch(url, { method, headers: { "X-Auth-Token": token }, ...init });
  return response.status;
}
