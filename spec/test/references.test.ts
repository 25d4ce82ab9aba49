import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { follow, type Json, operationsOf } from "../build/document.ts";
import { documents } from "./bundle.ts";

const SPEC = join(import.meta.dirname, "..");
const { aps } = documents;
const operations = operationsOf(aps);

/** Every object in the documents. */
const objects = objectsOf(documents);

test("every documented extension is used", () => {
  const documented = readdirSync(join(SPEC, "extensions")).filter((name) => name.endsWith(".yaml"));
  const used = new Set(objects.flatMap((one) => Object.keys(one)));
  expect(documented.map((name) => basename(name, ".yaml")).filter((name) => !used.has(name))).toEqual([]);
});

test("every source is used", () => {
  const used = new Set(objects.flatMap(({ source }) => source));
  expect(Object.keys(aps["x-aps-sources"]).filter((source) => !used.has(source))).toEqual([]);
});

test("what must differ from item to item is a property of the items", () => {
  for (const document of [aps, documents.ims]) {
    const lists = objectsOf(document).filter((one) => one["x-aps-unique-by"]);
    expect(lists).not.toEqual([]);
    for (const list of lists) expect(follow(document, list.items).properties).toHaveProperty(list["x-aps-unique-by"]);
  }
});

test("every part of the tree is lint's business, or is named here", () => {
  const folders = readdirSync(SPEC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const { apis } = parse(readFileSync(join(SPEC, "redocly.yaml"), "utf8"));
  const linted: string[] = Object.values<Json>(apis).flatMap(
    ({ rules }) => rules?.["aps/no-orphan-file"]?.folders ?? [],
  );
  const others = [
    "build",
    "dist",
    "edge-cases",
    "extensions",
    "node_modules",
    "rules",
    "test",
    "translations",
    "workflows",
  ];
  const known = [...linted, ...others, "exceptions", ".turbo"];
  expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

describe("a link", () => {
  const links = operations.flatMap(({ operation }) =>
    Object.values<Json>(operation.responses).flatMap((response) =>
      Object.values<Json>(follow(aps, response).links ?? {}),
    ),
  );

  test("stands wherever a job is started", () => {
    const kinds = Object.values<Json>(aps["x-aps-job"]).flatMap((family) => Object.values<Json>(family.kinds));
    const starters = kinds.flatMap(({ startedBy, startedInBatchesBy = [] }) => [startedBy].concat(startedInBatchesBy));
    expect(links).toHaveLength(starters.length);
  });

  test.each(links)("leads to $operationId with all that it needs", ({ operationId, parameters }) => {
    const target = operations.find(({ operation }) => operation.operationId === operationId);
    const required = target?.parameters.filter((one) => one.required).map((one) => one.name);
    expect(Object.keys(parameters).toSorted()).toEqual(required?.toSorted());
  });
});

/** Every object in a value, itself included. */
function objectsOf(value: Json): Json[] {
  const found: Json[] = [];
  JSON.stringify(value, (_, inner) => {
    if (inner !== null && typeof inner === "object") found.push(inner);
    return inner;
  });
  return found;
}
