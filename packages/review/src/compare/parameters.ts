import { asList, asNode, type Node } from "../document.ts";
import { alternatives } from "../schema/alternatives.ts";
import { said } from "../schema/difference.ts";
import type { Side } from "../schema/side.ts";
import { compareMedia } from "./media.ts";
import type { Pair } from "./pair.ts";
import { unknownFields } from "./unknown-fields.ts";
import { type Found, schemaChanges } from "./verdict.ts";

/** OpenAPI ignores header parameters of these names: others say what they are. */
const ignored = ["accept", "content-type", "authorization"];

const fields = `name in required deprecated allowEmptyValue style explode allowReserved schema content`.split(" ");

interface Placed {
  readonly node: Node;
  readonly steps: readonly string[];
}

/** Compares parameters: those of the path and of the operation together, which replaces those of the path by name. */
export function compareParameters(
  pair: Pair,
  before: readonly [item: Node, operation: Node],
  after: readonly [item: Node, operation: Node],
  steps: readonly string[],
): Found[] {
  const { old, new: is } = pair.request;
  const [was, now] = [parametersOf(old, before, steps), parametersOf(is, after, steps)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((key): Found[] => {
    const [one, other] = [was.get(key), now.get(key)];
    if (one === undefined) return other === undefined ? [] : [added(other)];
    if (other === undefined) return [removed(one)];
    return compareOne(pair, one.node, other);
  });
}

function parametersOf(
  side: Side,
  [item, operation]: readonly [Node, Node],
  steps: readonly string[],
): Map<string, Placed> {
  const list = (node: Node, at: readonly string[]) =>
    asList(node.parameters).map((one, index) => ({
      node: asNode(side.follow(one)),
      steps: [...at, "parameters", String(index)],
    }));
  const all = [...list(item, steps.slice(0, -1)), ...list(operation, steps)];
  const counted = { path: 0 };
  return new Map(
    all
      .filter(({ node }) => !(node.in === "header" && ignored.includes(String(node.name).toLowerCase())))
      .map((one) => [keyOf(one.node, counted), one]),
  );
}

/** Headers are told apart without regard to case. */
function keyOf(node: Node, _counted: object): string {
  return node.in === "header" ? `header ${String(node.name).toLowerCase()}` : `${node.in} ${node.name}`;
}

function added({ node, steps }: Placed): Found {
  const says = `The ${node.in} parameter \`${node.name}\` is new${node.required === true ? " and required" : ""}.`;
  // A default does not help who must send it.
  if (node.required === true || node.in === "path")
    return { verdict: "breaking", rule: "required-parameter-added", says, steps };
  return { verdict: "safe", rule: "parameter-added", says, steps };
}

function removed({ node, steps }: Placed): Found {
  const says = `The ${node.in} parameter \`${node.name}\` was removed.`;
  return { verdict: "breaking", rule: "parameter-removed", says, steps };
}

function compareOne(pair: Pair, before: Node, { node: after, steps }: Placed): Found[] {
  const name = `\`${after.name}\``;
  const found: Found[] = [];
  const add = (verdict: Found["verdict"], rule: string, says: string, field: string) =>
    found.push({ verdict, rule, says: `${name}: ${says}`, steps: [...steps, field] });
  const isRequired = (node: Node) => node.required === true || node.in === "path";
  if (isRequired(after) && !isRequired(before))
    add("breaking", "parameter-required", "It is required now.", "required");
  if (!isRequired(after) && isRequired(before))
    add("safe", "parameter-optional", "It may be left out now.", "required");
  if (after.deprecated === true && before.deprecated !== true)
    add("risky", "deprecated-changed", "It is deprecated now.", "deprecated");
  if (before.deprecated === true && after.deprecated !== true) {
    add("safe", "deprecated-changed", "It is deprecated no longer.", "deprecated");
  }
  if (before.allowEmptyValue === true && after.allowEmptyValue !== true) {
    add("breaking", "empty-value-refused", "It may not be empty any more.", "allowEmptyValue");
  }
  if (after.allowEmptyValue === true && before.allowEmptyValue !== true) {
    add("safe", "empty-value-allowed", "It may be empty now.", "allowEmptyValue");
  }
  for (const [field, was, is, verdict] of writings(pair.request.new, before, after)) {
    add(
      verdict,
      "parameter-written-otherwise",
      `It is written in another way: \`${field}\` was ${said(was)}, is ${said(is)}.`,
      field,
    );
  }
  const named = (list: readonly Found[]) =>
    list.map((one) =>
      one.says.startsWith("`") && one.says.includes("`: ") ? one : { ...one, says: `${name}: ${one.says}` },
    );
  const byContent = [before, after].map((node) => node.content !== undefined && node.schema === undefined);
  if (byContent[0] !== byContent[1]) {
    add(
      "breaking",
      "parameter-written-otherwise",
      "It is written in another way: as a media type, or no longer.",
      "content",
    );
  } else if (byContent[0]) {
    found.push(
      ...named(compareMedia(pair, "request", asNode(before.content), asNode(after.content), [...steps, "content"])),
    );
  } else found.push(...named(schemaChanges(pair.request, before.schema, after.schema, [...steps, "schema"])));
  return [...found, ...unknownFields(pair.request, before, after, fields, steps)];
}

type Writing = readonly [field: string, was: unknown, is: unknown, verdict: Found["verdict"]];

/** How a value is written into a request. */
function writings(side: Side, before: Node, after: Node): Writing[] {
  const found: Writing[] = [];
  const [was, is] = [before, after].map(writingOf);
  if (was === undefined || is === undefined) return [];
  if (was.style !== is.style) found.push(["style", was.style, is.style, "breaking"]);
  if (was.explode !== is.explode) {
    // A single value is written alike; yet who builds requests by hand may have looked at it.
    const isSingle = alternatives(side, after.schema ?? true).every(
      ({ type }) => type !== "array" && type !== "object",
    );
    found.push(["explode", was.explode, is.explode, isSingle && was.style === is.style ? "risky" : "breaking"]);
  }
  if (was.allowReserved !== is.allowReserved) {
    found.push(["allowReserved", was.allowReserved, is.allowReserved, was.allowReserved ? "breaking" : "risky"]);
  }
  return found;
}

/** The fields that say how a value is written, with what OpenAPI says when they are left out. */
export function writingOf(node: Node): {
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
} {
  const style = String(node.style ?? (node.in === "query" || node.in === "cookie" ? "form" : "simple"));
  const explode = node.explode === undefined ? style === "form" : node.explode === true;
  return { style, explode, allowReserved: node.allowReserved === true };
}
