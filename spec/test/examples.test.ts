import { describe, expect, test } from "vitest";
import { at, follow, type Json, operationsOf } from "../build/document.ts";
import { documents, pointer, validatorAt } from "./bundle.ts";

interface Body {
  readonly name: string;
  readonly side: "request" | "response";
  readonly schema: string;
  readonly examples: readonly { readonly name: string; readonly value: Json }[];
}

describe.each(Object.entries(documents))("%s", (_, bundle) => {
  const bodies = operationsOf(bundle).flatMap((placed) => bodiesOf(bundle, placed));

  test.each(bodies)("$name is shown by examples that its schema accepts", ({ schema, examples }) => {
    const validate = validatorAt(bundle, schema);
    expect(examples.length).toBeGreaterThan(0);
    for (const { name, value } of examples) {
      validate(value);
      expect(validate.errors ?? [], name).toEqual([]);
    }
  });

  const objects = bodies.flatMap(({ examples, ...body }) =>
    examples.flatMap((example) =>
      objectsIn(example.value).map((place) => ({ ...body, example: example.name, value: example.value, place })),
    ),
  );

  test.each(objects.filter(({ side }) => side === "request"))(
    "$name refuses an unknown property at $place of $example",
    ({ schema, value, place }) => {
      const validate = validatorAt(bundle, schema);
      expect(validate(withStranger(value, place))).toBe(false);
      expect(validate.errors).toEqual([
        expect.objectContaining({ keyword: "additionalProperties", instancePath: place }),
      ]);
    },
  );

  test.each(objects.filter(({ side }) => side === "response"))(
    "$name allows an unknown property at $place of $example",
    ({ schema, value, place }) => expect(validatorAt(bundle, schema)(withStranger(value, place))).toBe(true),
  );

  const parameters = operationsOf(bundle).flatMap(({ path, method, operation, parameters }) =>
    parameters.filter((one) => one.example !== undefined).map((one) => ({ path, method, operation, one })),
  );

  test.each(parameters)(
    "$operation.operationId has a valid example of $one.name",
    ({ path, method, operation, one }) => {
      expect(validatorAt(bundle, schemaOf(bundle, path, method, operation, one))(one.example)).toBe(true);
    },
  );
});

test.each(operationsOf(documents.aps))(
  "$operation.operationId shows a success, and a request if it takes one",
  ({ operation }) => {
    const answer = operation.responses["200"];
    const empty = answer.content === undefined && /empty/.test(answer.description);
    expect(empty || count(answer.content) > 0).toBe(true);
    if (operation.requestBody) expect(count(operation.requestBody.content)).toBeGreaterThan(0);
  },
);

function count(content: Json): number {
  return Object.values<Json>(content ?? {}).flatMap(({ examples }) => Object.keys(examples ?? {})).length;
}

function bodiesOf(
  bundle: Json,
  { path, method, operation }: { path: string; method: string; operation: Json },
): Body[] {
  const start = pointer("paths", path, method);
  const places: [string, Body["side"], string][] = [
    [`${operation.operationId} request`, "request", `${start}/requestBody`],
    ...Object.entries<Json>(operation.responses).map(([status, response]): [string, Body["side"], string] => [
      `${operation.operationId} ${status}`,
      "response",
      response.$ref?.slice(1) ?? `${start}/responses/${status}`,
    ]),
  ];
  return places.flatMap(([name, side, place]) =>
    Object.entries<Json>(at(bundle, place)?.content ?? {}).map(([type, { examples }]) => ({
      name,
      side,
      schema: `${place}/content${pointer(type)}/schema`,
      examples: Object.entries<Json>(examples ?? {}).map(([key, one]) => ({
        name: key,
        value: follow(bundle, one).value,
      })),
    })),
  );
}

function schemaOf(bundle: Json, path: string, method: string, operation: Json, parameter: Json): string {
  const own = [
    ...(operation.parameters ?? []).map((one: Json, index: number) => [
      one,
      pointer("paths", path, method, "parameters", `${index}`),
    ]),
    ...(bundle.paths[path].parameters ?? []).map((one: Json, index: number) => [
      one,
      pointer("paths", path, "parameters", `${index}`),
    ]),
  ];
  const [one, place] = own.find(([one]) => follow(bundle, one) === parameter) ?? [];
  return `${one.$ref?.slice(1) ?? place}/schema`;
}

/** Objects that hold a value of one kind under names that the account has chosen, so that none is a stranger. */
const MAPS = /\/(addresses|aps_status|metadata)$/;

/** Pointers to all objects inside a value, itself included. */
function objectsIn(value: Json, place = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, `${place}/${index}`));
  if (value === null || typeof value !== "object") return [];
  const own = MAPS.test(place) ? [] : [place];
  return [...own, ...Object.entries(value).flatMap(([name, item]) => objectsIn(item, place + pointer(name)))];
}

function withStranger(value: Json, place: string): Json {
  const copy = structuredClone(value);
  at(copy, place).misspelt_property = "x";
  return copy;
}
