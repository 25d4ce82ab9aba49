import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { tellingCharacters } from "./characters.ts";
import type { Json } from "./document.ts";
import { type PlacedSchema, schemasOf, type Use } from "./schemas.ts";

/** Values around the edges of one constrained string or number. */
export interface EdgeCase {
  /** JSON pointer of the schema in the bundle. */
  readonly schema: string;
  /** Where its values go in requests. Empty for a schema that only answers have. */
  readonly uses: readonly Use[];
  readonly passes: readonly Sample[];
  readonly fails: readonly Sample[];
}

/** One value, and which edge it is at or past. */
export interface Sample {
  readonly value: string | number;
  readonly why: string;
}

/** Characters and values given by hand, see `edge-cases/samples.yaml`. */
export interface Samples {
  readonly accepts?: readonly string[];
  readonly refuses?: readonly string[];
  readonly passes?: readonly string[];
  readonly fails?: readonly string[];
}

/** Longer values are not written down; nobody sends two gigabytes in a test. */
const LONGEST = 100_000;

/** A letter that every pattern allows everywhere, or else its samples have no `accepts`. */
const FILLER = "a";

/** Two UTF-16 units but one character, so that it shows who counts what. */
const WIDE = "\u{20000}";

/**
 * The values at and past the edges of every constrained string and number of a bundle.
 *
 * @param bundle the bundled contract
 * @param samples what is given by hand, by name of the schema
 * @throws when a pattern has no samples, a sample belongs to no schema, or a value is not what it claims to be
 */
export function edgeCases(bundle: Json, samples: Readonly<Record<string, Samples>>): EdgeCase[] {
  const unused = new Set(Object.keys(samples));
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(bundle, "bundle");
  const cases = schemasOf(bundle).flatMap((placed) => {
    const name = nameOf(placed.pointer);
    unused.delete(name);
    const found = edgesOf(placed, samples[name], name);
    if (found.passes.length + found.fails.length === 0) return [];
    verify(ajv, placed, found);
    return [{ schema: placed.pointer, uses: placed.uses, ...found }];
  });
  if (unused.size > 0) throw new Error(`No constrained schema is called ${[...unused].join(", ")}.`);
  return cases;
}

/** `#/components/schemas/TmsTag/properties/key` as `TmsTag.key`. */
export function nameOf(pointer: string): string {
  return pointer
    .replace(/^#\/components\/[a-z]+\//i, "")
    .replace(/\/schema$/, "")
    .replaceAll("/properties/", ".");
}

interface Edges {
  readonly passes: Sample[];
  readonly fails: Sample[];
}

function edgesOf({ schema }: PlacedSchema, given: Samples | undefined, name: string): Edges {
  const types = [schema.type].flat();
  if (Array.isArray(schema.enum)) return ofValues(schema);
  if (types.includes("integer") || types.includes("number")) return ofNumber(schema);
  if (!types.includes("string")) return { passes: [], fails: [] };
  if (schema.pattern && !given) throw new Error(`Give samples for the pattern of ${name} in edge-cases/samples.yaml.`);
  const edges = ofLengths(schema, given);
  const characters = charactersOf(schema, given);
  for (const character of characters.accepts) {
    edges.passes.push({ value: FILLER + character + FILLER, why: `${codePoint(character)} is allowed` });
  }
  for (const character of characters.refuses) {
    edges.fails.push({ value: FILLER + character + FILLER, why: `${codePoint(character)} is not allowed` });
  }
  for (const value of given?.passes ?? []) edges.passes.push({ value, why: "allowed value" });
  for (const value of given?.fails ?? []) edges.fails.push({ value, why: "value that is not allowed" });
  return edges;
}

/** The characters given by hand, and those at the ends of the pattern's ranges. */
function charactersOf({ pattern }: Json, given: Samples | undefined): { accepts: Set<string>; refuses: Set<string> } {
  const accepts = new Set(given?.accepts);
  const refuses = new Set(given?.refuses);
  if (!pattern || !given?.accepts) return { accepts, refuses };
  const compiled = new RegExp(pattern, "u");
  for (const character of tellingCharacters(pattern)) {
    (compiled.test(FILLER + character + FILLER) ? accepts : refuses).add(character);
  }
  return { accepts, refuses };
}

function ofValues(schema: Json): Edges {
  const values: Json[] = schema.enum;
  const texts = values.filter((value) => typeof value === "string" && value !== "");
  const others = ["", ...texts.slice(0, 1).flatMap((value) => [value.toLowerCase(), value.toUpperCase(), `${value}X`])];
  return {
    passes: values.filter((value) => value !== null).map((value) => ({ value, why: "one of the values" })),
    fails: [...new Set(others)]
      .filter((value) => !values.includes(value))
      .map((value) => ({ value, why: "none of the values" })),
  };
}

function ofNumber({ minimum, maximum, multipleOf }: Json): Edges {
  const edges: Edges = { passes: [], fails: [] };
  const step = multipleOf ?? 1;
  if (minimum !== undefined) {
    edges.passes.push({ value: minimum, why: `minimum ${minimum}` });
    edges.fails.push({ value: minimum - step, why: `below minimum ${minimum}` });
  }
  if (maximum !== undefined) {
    const highest = maximum - (maximum % step);
    edges.passes.push({ value: highest, why: `maximum ${maximum}` });
    edges.fails.push({ value: highest + step, why: `above maximum ${maximum}` });
  }
  if (multipleOf !== undefined && minimum !== undefined) {
    edges.fails.push({ value: minimum + 1, why: `no multiple of ${multipleOf}` });
  }
  return edges;
}

function ofLengths(schema: Json, given: Samples | undefined): Edges {
  const edges: Edges = { passes: [], fails: [] };
  const { minLength = 0, maxLength } = schema;
  const free = !schema.pattern;
  // A pattern such as that of a time allows no run of letters, so its lengths are in the values given by hand.
  const fills = free || given?.accepts !== undefined;
  if (maxLength === undefined && minLength === 0 && free) return edges;
  if (minLength > 0)
    edges.fails.push({ value: FILLER.repeat(minLength - 1), why: `shorter than minLength ${minLength}` });
  if (fills || minLength === 0) {
    edges.passes.push({ value: FILLER.repeat(minLength), why: `minLength ${minLength}` });
  }
  if (!fills || maxLength === undefined || maxLength > LONGEST) return edges;
  edges.passes.push({ value: FILLER.repeat(maxLength), why: `maxLength ${maxLength}` });
  edges.fails.push({ value: FILLER.repeat(maxLength + 1), why: `longer than maxLength ${maxLength}` });
  if (free || new RegExp(schema.pattern, "u").test(WIDE)) {
    edges.passes.push({ value: WIDE.repeat(maxLength), why: `maxLength ${maxLength}, counted in characters` });
    edges.fails.push({ value: WIDE.repeat(maxLength + 1), why: `longer than maxLength ${maxLength}` });
  }
  return edges;
}

/** Nothing is handed on that the schema itself judges otherwise. */
function verify(ajv: Ajv2020, { pointer }: PlacedSchema, { passes, fails }: Edges): void {
  const validate = ajv.compile({ $ref: `bundle${pointer}` });
  for (const [samples, expected] of [[passes, true] as const, [fails, false] as const]) {
    for (const { value, why } of samples) {
      if (validate(value) === expected) continue;
      throw new Error(`${pointer} ${expected ? "refuses" : "accepts"} ${JSON.stringify(value)} (${why}).`);
    }
  }
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
}
