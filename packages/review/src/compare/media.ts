import { asNode, type Node } from "../document.ts";
import { alternatives } from "../schema/alternatives.ts";
import { said } from "../schema/difference.ts";
import type { Direction, Side } from "../schema/side.ts";
import type { Pair } from "./pair.ts";
import { unknownFields } from "./unknown-fields.ts";
import { type Found, schemaChanges } from "./verdict.ts";

/** Compares the media types of a body, each with its schema. */
export function compareMedia(
  pair: Pair,
  direction: Direction,
  before: Node,
  after: Node,
  steps: readonly string[],
): Found[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((type): Found[] => {
    const [one, other] = [was.get(type), is.get(type)];
    const at = [...steps, other?.name ?? one?.name ?? type];
    if (other === undefined) {
      const isHeld = direction === "request" && [...is.keys()].some((range) => isIn(type, range));
      const says = `The media type \`${type}\` ${direction === "request" ? "is no longer taken" : "is no longer answered"}.`;
      return [{ verdict: isHeld ? "risky" : "breaking", rule: `${direction}-media-type-removed`, says, steps: at }];
    }
    if (one === undefined) {
      // The client reads JSON. An answer of another type is one that it cannot read.
      const says = `The media type \`${type}\` ${direction === "request" ? "is taken as well" : "may be answered as well"}.`;
      const verdict = direction === "request" ? "safe" : "risky";
      return [{ verdict, rule: `${direction}-media-type-added`, says, steps: at }];
    }
    return [
      ...schemaChanges(pair[direction], one.media.schema, other.media.schema, [...at, "schema"]),
      ...compareEncodings(pair, direction, type, one.media, other.media, [...at, "encoding"]),
      ...unknownFields(pair.request, one.media, other.media, ["schema", "encoding"], at),
    ];
  });
}

function typesOf(content: Node): Map<string, { readonly name: string; readonly media: Node }> {
  return new Map(
    Object.entries(content).map(([name, media]) => [
      name.toLowerCase().replace(/\s*;\s*/g, ";"),
      { name, media: asNode(media) },
    ]),
  );
}

function isIn(type: string, range: string): boolean {
  return range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}

/** Compares how the parts of a form are written. In a body of another kind OpenAPI gives them no meaning. */
function compareEncodings(
  pair: Pair,
  direction: Direction,
  type: string,
  before: Node,
  after: Node,
  steps: readonly string[],
): Found[] {
  const isForm = /^multipart\/|x-www-form-urlencoded/.test(type);
  const names = new Set([...Object.keys(asNode(before.encoding)), ...Object.keys(asNode(after.encoding))]);
  return [...names].flatMap((name) => {
    const [was, is] = [encodingOf(pair[direction].old, before, name), encodingOf(pair[direction].new, after, name)];
    return Object.keys({ ...was, ...is }).flatMap((field): Found[] => {
      if (pair[direction].old.form(was[field]) === pair[direction].new.form(is[field])) return [];
      const says = `The part \`${name}\` is written in another way: \`${field}\` was ${said(was[field])}, is ${said(is[field])}.`;
      return [
        {
          verdict: isForm ? "breaking" : "risky",
          rule: `${direction}-part-written-otherwise`,
          says,
          steps: [...steps, name, field],
        },
      ];
    });
  });
}

function encodingOf(side: Side, media: Node, name: string): Node {
  const encoding = asNode(asNode(media.encoding)[name]);
  const style = encoding.style ?? "form";
  const { description: _, contentType, ...others } = encoding;
  return {
    ...others,
    style,
    explode: encoding.explode ?? style === "form",
    allowReserved: encoding.allowReserved ?? false,
    contentType: String(contentType ?? usualType(side, media, name))
      .toLowerCase()
      .replaceAll(" ", ""),
  };
}

/** The media type of a part for which none is given, by the type of its values. */
function usualType(side: Side, media: Node, name: string): string {
  const schemas = alternatives(side, media.schema ?? true).flatMap(({ object }) => object.properties.get(name) ?? []);
  const kinds = new Set(
    schemas.flatMap((schema) =>
      alternatives(side, schema).map((one) => (one.type === "array" ? inner(side, one.array.items) : one.type)),
    ),
  );
  if (kinds.has("object")) return "application/json";
  const isEncoded = schemas.some((schema) =>
    alternatives(side, schema).some(({ string }) => "contentEncoding" in string.content),
  );
  return isEncoded ? "application/octet-stream" : "text/plain";
}

function inner(side: Side, items: unknown): string {
  return alternatives(side, items).some(({ type }) => type === "object") ? "object" : "string";
}
