import { type Alternative, type ObjectLimits, typeNames } from "./alternative.ts";
import { alternatives } from "./alternatives.ts";
import { propertyOf } from "./intersect.ts";
import { isHidden } from "./notes.ts";
import { exampleOf } from "./patterns.ts";
import type { Side } from "./side.ts";

const texts: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2026-11-01T10:00:00Z"],
  date: ["2026-11-01"],
  time: ["10:00:00Z"],
  uuid: ["25b1dd14-0c84-4558-aa57-03a6c54b8e75"],
  uri: ["https://example.com/a"],
  email: ["a@example.com"],
  ipv4: ["192.0.2.1"],
  ipv6: ["2001:db8::1"],
  hostname: ["example.com"],
};

/** Makes values that a schema describes, most of which it also accepts; who needs to be sure asks a validator. */
export class Samples {
  readonly #side: Side;
  readonly #random: () => number;
  readonly #hints: readonly string[];

  /**
   * @param random gives numbers from 0 up to 1.
   * @param hints texts that are worth a try wherever a text stands.
   */
  constructor(side: Side, random: () => number, hints: readonly string[] = []) {
    this.#side = side;
    this.#random = random;
    this.#hints = hints;
  }

  /** A value of a schema; undefined where none is found. */
  of(schema: unknown, depth = 0): unknown {
    const all = alternatives(this.#side, schema);
    // Whatever is not described is shown by a few simple values.
    if (all.length === typeNames.length && this.#side.form(schema) === "{}") return this.#pick(["a", 1, null, true]);
    const one = this.#pick(all);
    return one === undefined ? undefined : this.#from(one, depth);
  }

  #from({ type, values, number, string, array, object, known }: Alternative, depth: number): unknown {
    if (values !== undefined) return this.#pick([...values.values()]);
    if (known.size > 0 && this.#random() < 0.4) return this.#pick([...known.values()]);
    if (type === "number") return this.#number(number);
    if (type === "string") {
      if (this.#hints.length > 0 && this.#random() < 0.4) return this.#pick(this.#hints);
      const format = string.formats.find((name) => texts[name] !== undefined);
      return format === undefined ? exampleOf(string, this.#random) : this.#pick(texts[format] ?? []);
    }
    if (type === "object") return this.#object(object, depth);
    return type === "array" ? this.#array(array, depth) : null;
  }

  #number({ minimum, maximum, isInteger, multiples }: Alternative["number"]): number {
    const [low, high] = [Math.max(minimum, Math.min(-1000, maximum)), Math.min(maximum, Math.max(1000, minimum))];
    const inner = this.#pick([low, high, low + this.#random() * (high - low), 0, 1]) ?? 0;
    const value = Math.min(Math.max(inner, low), high);
    const [step] = multiples;
    if (step !== undefined) return Math.min(Math.round(value / step) * step, Math.floor(maximum / step) * step);
    return isInteger ? Math.round(value) : value;
  }

  #array({ prefix, items, minItems, maxItems, contains }: Alternative["array"], depth: number): unknown[] {
    const wanted = depth > 4 ? minItems : minItems + this.#pick([0, 0, 1, 2, prefix.length]);
    const length = Math.min(wanted, maxItems, minItems + 20);
    const made = Array.from({ length }, (_, index) =>
      this.of(index < prefix.length ? prefix[index] : items, depth + 1),
    );
    for (const one of contains) if (made.length < maxItems) made.push(this.of(one.schema, depth + 1));
    return made.filter((item) => item !== undefined);
  }

  #object(limits: ObjectLimits, depth: number): Record<string, unknown> {
    const chance = depth > 4 ? 0 : this.#pick([0, 0.3, 0.7, 1]);
    const names = new Set([...limits.required, ...[...limits.properties.keys()].filter(() => this.#random() < chance)]);
    if (limits.additional !== false && this.#random() < 0.25) names.add("another");
    for (const pattern of limits.patterns.keys()) {
      const name = exampleOf({ patterns: [pattern], minLength: 0, maxLength: 30 }, this.#random);
      if (name !== undefined && this.#random() < 0.5) names.add(name);
    }
    const seen = [...names].filter((name) => !isHidden(this.#side, limits.properties.get(name)));
    const entries = seen.map((name) => [name, this.of(propertyOf(this.#side, limits, name), depth + 1)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined).slice(0, limits.maxProperties));
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }
}
