import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { seeded } from "../../../../scripts/suite/seeded.ts";
import { isNode } from "../document.ts";
import { exampleOf } from "./patterns.ts";
import { Samples } from "./samples.ts";
import type { Side } from "./side.ts";

/** A schema of one of the documents. */
export interface Placed {
  readonly schema: unknown;
  readonly side: Side;
}

/** How many values are tried, and with what they are drawn. */
interface Search {
  readonly tries: number;
  readonly seed: number;
}

/**
 * The first value that one schema takes and the other does not; undefined where none is found.
 *
 * @throws Error when the validator does not know a schema.
 */
export function firstDiffering(inner: Placed, outer: Placed, { tries, seed }: Search): unknown {
  const [takes, other] = [validatorOf(inner), validatorOf(outer)];
  const random = seeded(seed);
  const samples = new Samples(inner.side, random, hintsIn(outer, random));
  for (let index = 0; index < tries; index += 1) {
    const value = samples.of(inner.schema);
    if (value !== undefined && takes(value) && !other(value)) return value;
  }
  return undefined;
}

/** The same as a text, and undefined, too, where the validator does not know a schema. */
export function differingValue(inner: Placed, outer: Placed): string | undefined {
  try {
    const value = firstDiffering(inner, outer, { tries: 60, seed: 1 });
    return value === undefined ? undefined : shortened(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

/** Texts that a schema speaks of: its constants, and some that its patterns are found in. */
function hintsIn({ schema, side }: Placed, random: () => number): string[] {
  const found: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, depth);
    if (!isNode(value) || depth > 6) return;
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === "string" && key === "const") found.push(child);
      if (typeof child === "string" && key === "pattern") {
        const texts = { patterns: [child], minLength: 0, maxLength: Infinity };
        for (let count = 0; count < 4; count += 1) found.push(exampleOf(texts, random) ?? "");
      }
      if (key === "$ref") visit(side.follow(value), depth + 1);
      else visit(child, depth);
    }
  };
  visit(schema, 0);
  return found.slice(0, 40);
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}

/** What judges values of a schema, as its document has it. */
function validatorOf({ schema, side }: Placed): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, logger: false, unicodeRegExp: true });
  formats.default(ajv);
  const components = isNode(side.document.components) ? side.document.components : {};
  ajv.addSchema({ $id: "https://document/", components });
  return ajv.compile({ $id: "https://document/part", allOf: [pointingAt(schema)] });
}

/** References lead to the document, wherever the schema is put. */
function pointingAt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointingAt);
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === "$ref" && typeof child === "string" && child.startsWith("#/")
        ? [key, `https://document/${child}`]
        : [key, pointingAt(child)],
    ),
  );
}
