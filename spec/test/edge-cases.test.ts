import { describe, expect, test } from "vitest";
import { tellingCharacters } from "../build/characters.ts";
import { at } from "../build/document.ts";
import { type EdgeCase, edgeCases } from "../build/edge-cases.ts";
import { schemasOf } from "../build/schemas.ts";
import { documents, read } from "./bundle.ts";

const bundle = documents.aps;
const cases: EdgeCase[] = read("edge-cases.json");

const constrained = schemasOf(bundle).filter(
  ({ schema }) =>
    [schema.type].flat().includes("string") && (schema.pattern || schema.maxLength || schema.minLength || schema.enum),
);

test("every constrained string of the contract has values that pass and values that fail", () => {
  expect(constrained.length).toBeGreaterThan(40);
  for (const { pointer } of constrained) {
    const found = cases.find(({ schema }) => schema === pointer);
    expect(found?.passes.length, pointer).toBeGreaterThan(0);
    expect(found?.fails.length, pointer).toBeGreaterThan(0);
  }
});

test("every request parameter and body property of a constrained schema is named as a use", () => {
  const uses = cases.flatMap((one) => one.uses.map((use) => `${use.operationId} ${use.in} ${use.at}`));
  expect(uses).toContain("RecreateServerImage body /name");
  expect(uses).toContain("CreateImageServer body /authorize_accounts/0/account");
  expect(uses).toContain("CountImageSubJobs query job_id");
  expect(uses).toContain("ShowImageServer path server_id");
  expect(new Set(uses).size).toBe(uses.length);
});

describe.each(cases.filter(({ schema }) => at(bundle, schema).type !== "integer"))(
  "$schema",
  ({ schema, passes, fails }) => {
    const { minLength = 0, maxLength, pattern, enum: values } = at(bundle, schema);
    // Judged without the validator that the build uses.
    const allowed = (value: string | number) => {
      const length = [...String(value)].length;
      const fits = length >= minLength && length <= (maxLength ?? length);
      return fits && (!pattern || new RegExp(pattern, "u").test(String(value))) && (!values || values.includes(value));
    };

    test("has values that are what they claim to be", () => {
      expect(passes.filter(({ value }) => !allowed(value))).toEqual([]);
      expect(fails.filter(({ value }) => allowed(value))).toEqual([]);
    });
  },
);

const measured = cases.filter(({ schema }) => {
  const { type, maxLength, enum: values } = at(bundle, schema);
  return type === "string" && maxLength <= 100_000 && !values;
});

test.each(measured)("$schema has both sides of both lengths", ({ schema, passes, fails }) => {
  const { minLength = 0, maxLength } = at(bundle, schema);
  const lengths = (samples: EdgeCase["passes"]) => samples.map(({ value }) => [...String(value)].length);
  expect(lengths(passes)).toEqual(expect.arrayContaining([minLength, maxLength]));
  expect(lengths(fails)).toEqual(expect.arrayContaining([maxLength + 1, ...(minLength > 0 ? [minLength - 1] : [])]));
});

test("the characters at the ends of every range, and past them, are tried", () => {
  expect(tellingCharacters("^[b-d_]+$").join("")).toBe("^_`abde");
  expect(tellingCharacters("\\d", "").join("")).toBe("/09:");
  const schema = { type: "string", minLength: 0, maxLength: 9, pattern: "^[a-c]*$" };
  const [found] = edgeCases({ paths: {}, components: { schemas: { Name: schema } } }, { Name: { accepts: [] } });
  const values = (samples: EdgeCase["passes"] = []) => samples.map(({ value }) => value);
  expect(values(found?.passes)).toEqual(expect.arrayContaining(["aaa", "aca"]));
  expect(values(found?.fails)).toEqual(expect.arrayContaining(["a`a", "ada"]));
});

describe("the build refuses", () => {
  const schema = { type: "string", minLength: 1, maxLength: 3, pattern: "^[a-z]+$" };
  const small = { paths: {}, components: { schemas: { Name: schema } } };

  test("a pattern without samples", () => {
    expect(() => edgeCases(small, {})).toThrow(/Name/);
  });

  test("samples that belong to nothing", () => {
    expect(() => edgeCases(small, { Name: { accepts: ["b"] }, Nome: {} })).toThrow(/Nome/);
  });

  test("a sample that the schema judges otherwise", () => {
    expect(() => edgeCases(small, { Name: { accepts: ["B"] } })).toThrow(/aBa/);
    expect(() => edgeCases(small, { Name: { accepts: ["b"], fails: ["abc"] } })).toThrow(/abc/);
    expect(edgeCases(small, { Name: { accepts: ["b"], refuses: ["B"] } })).toHaveLength(1);
  });
});
