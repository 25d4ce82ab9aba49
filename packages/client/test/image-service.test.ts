import cases from "@workspace-aps/spec/ims-edge-cases.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/ims-operations.ts";
import { regionHosts } from "../src/index.ts";
import { check } from "../src/validation/check.ts";

type Name = keyof typeof operations;

/** A request of each operation that breaks no rule. */
const valid: Readonly<Record<Name, { path: Values; query: Values; body?: unknown }>> = {
  listImages: { path: {}, query: {} },
  glanceDeleteImage: { path: { image_id: "1" }, query: {} },
  showImageQuota: { path: {}, query: {} },
  batchAddOrDeleteTags: {
    path: { project_id: "p", image_id: "1" },
    query: {},
    body: { action: "create", tags: [{ key: "state", value: "candidate" }] },
  },
};
type Values = Record<string, unknown>;

describe("the facts of the image service", () => {
  it("name a host in every region of the service", () => {
    const known = operations.listImages.service.servers.flatMap(({ regions }) => regions.split(" "));
    expect(known.toSorted()).toEqual(Object.keys(regionHosts).toSorted());
  });

  it.each(Object.entries(valid))("take a valid request of %s", (name, request) => {
    expect(check(operations[name as Name].request, request)).toEqual([]);
  });

  it.each(["glanceDeleteImage", "batchAddOrDeleteTags"] as const)("know whether %s needs its body", (name) => {
    const { body: _, ...bare } = valid[name];
    expect(check(operations[name as Name].request, bare)).toHaveLength(name === "glanceDeleteImage" ? 0 : 1);
  });
});

describe.each(["passes", "fails"] as const)("a value of the image service at the edge that %s", (verdict) => {
  const rows = cases.flatMap((edge) =>
    edge.uses
      .filter((use) => use.in !== "header")
      .flatMap((use) =>
        edge[verdict].map(({ value, why }) => ({ use, value, why, what: `${use.operationId} ${use.at}` })),
      ),
  );

  it.each(rows)("$what: $why", ({ use, value }) => {
    const name = Object.entries(operations).find(([, { id }]) => id === use.operationId)?.[0] as Name;
    const request = structuredClone(valid[name]);
    if (use.in === "body") set(request.body, use.at.split("/").slice(1), value);
    else request[use.in as "path" | "query"][use.at] = value;
    expect(check(operations[name as Name].request, request).length === 0).toBe(verdict === "passes");
  });
});

function set(target: unknown, [key = "", ...rest]: string[], value: unknown): void {
  const container = target as Record<string, unknown>;
  if (rest.length === 0) container[key] = value;
  else set(container[key], rest, value);
}
