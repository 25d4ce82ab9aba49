import { follow, isNode, type Node } from "../document.ts";
import { isWord } from "./words.ts";

/** One of the two documents, seen in one direction: what callers send, or what they get. */
export class Side {
  readonly document: Node;
  readonly direction: Direction;
  readonly #forms: Forms;
  /** What is known of the schemas of this side, by the schema. */
  readonly memo = new WeakMap<object, unknown>();

  constructor(document: Node, direction: Direction, forms: Forms = new Forms(document)) {
    this.document = document;
    this.direction = direction;
    this.#forms = forms;
  }

  /** The same document, seen in the other direction. */
  facing(direction: Direction): Side {
    return direction === this.direction ? this : new Side(this.document, direction, this.#forms);
  }

  /** The meaning of any part as text: without words, with references followed, in one order. */
  form(value: unknown): string {
    return this.#forms.of(value);
  }

  follow(value: unknown): unknown {
    return follow(this.document, value);
  }
}

/** What callers send, or what they get. */
export type Direction = "request" | "answer";

/** Lists whose order means nothing. */
const sets = new Set(["required", "enum", "type", "anyOf", "oneOf", "allOf", "tags"]);

/** Objects whose members have names of their own, which are no keywords. */
const maps = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "content",
  "headers",
  "responses",
  "variables",
  "encoding",
  "$defs",
  "mapping",
]);

class Forms {
  readonly #document: Node;
  readonly #known = new WeakMap<object, string>();
  readonly #open = new Set<unknown>();

  constructor(document: Node) {
    this.#document = document;
  }

  of(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.of(item)).join()}]`;
    if (!isNode(value)) return JSON.stringify(value) ?? "null";
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    // A schema that contains itself is told by its name where it comes again.
    if (this.#open.has(value)) return JSON.stringify(value.$ref ?? "itself");
    this.#open.add(value);
    const text = this.#made(value);
    this.#open.delete(value);
    // What was cut short on the way into a circle is no form of its own.
    if (this.#open.size === 0 || !text.includes('"itself"')) this.#known.set(value, text);
    return text;
  }

  #made(value: Node): string {
    const { $ref, ...beside } = value;
    if (typeof $ref === "string") {
      const rest = Object.entries(beside).filter(([key]) => !isWord(key));
      const target = this.of(follow(this.#document, { $ref }));
      return rest.length === 0 ? target : `{"allOf":[${target},${this.of(Object.fromEntries(rest))}]}`;
    }
    const entries = Object.entries(value)
      .filter(([key]) => !isWord(key))
      .map(([key, child]) => `${JSON.stringify(key)}:${this.#child(key, child)}`);
    return `{${entries.sort().join()}}`;
  }

  #child(key: string, child: unknown): string {
    if (key === "const" || key === "default") return stable(child);
    if (key === "enum" && Array.isArray(child)) return `[${child.map(stable).sort().join()}]`;
    if (sets.has(key) && Array.isArray(child))
      return `[${child
        .map((item) => this.of(item))
        .sort()
        .join()}]`;
    if (!maps.has(key) || !isNode(child)) return this.of(child);
    const entries = Object.entries(child).map(([name, one]) => `${JSON.stringify(name)}:${this.of(one)}`);
    return `{${entries.sort().join()}}`;
  }
}

/** A value as text that is the same however its members are ordered. */
export function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (!isNode(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}:${stable(child)}`);
  return `{${entries.sort().join()}}`;
}
