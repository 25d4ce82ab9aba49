import type { Language } from "../edition/language.ts";
import { fieldWords, type Unit } from "../words/fields.ts";
import { follow, type Schema, type ServiceDocument, type Source } from "./document.ts";

/** A type in JSON; of a field that may be null, the other one. */
export type Kind = "string" | "integer" | "number" | "boolean" | "object" | "array";

/** One parameter, or one property of a body, ready to be shown. */
export interface Field {
  readonly name: string;
  /** Its type in words. */
  readonly type: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly description: string;
  /** Its limits, one short phrase each. */
  readonly limits: readonly string[];
  /** How many entries a list may have. */
  readonly mostItems: number | undefined;
  readonly pattern: string | undefined;
  readonly values: readonly string[];
  /** Whether other values than the listed ones may appear. */
  readonly isOpen: boolean;
  readonly defaultValue: string | undefined;
  readonly example: string | undefined;
  readonly source: Source | undefined;
  readonly children: readonly Field[];
}

/** Reads the fields of a contract, with their limits in words of a language. */
export function fieldReader(contract: ServiceDocument, language: Language) {
  const words = fieldWords[language];
  return { fieldsOf, field };

  /** The properties of an object, or of the items of a list of objects. */
  function fieldsOf(schema: unknown): Field[] {
    const resolved = follow<Schema>(contract, schema);
    if (resolved.items !== undefined) return fieldsOf(resolved.items);
    const required = (resolved.required ?? []) as readonly string[];
    return Object.entries((resolved.properties ?? {}) as Record<string, unknown>).map(([name, property]) =>
      field(name, property, required.includes(name)),
    );
  }

  /** Makes a field from a schema. */
  function field(name: string, schema: unknown, required: boolean, more: Partial<Field> = {}): Field {
    const resolved = follow<Schema>(contract, schema);
    const { values, isOpen } = valuesOf(resolved);
    const examples = resolved.examples as readonly unknown[] | undefined;
    return {
      name,
      type: typeOf(resolved),
      kind: [resolved.type].flat().find((type) => type !== "null") as Kind,
      required,
      description: String(resolved.description ?? ""),
      limits: limitsOf(resolved),
      mostItems: resolved.maxItems as number | undefined,
      pattern: resolved.pattern as string | undefined,
      values,
      isOpen,
      defaultValue: resolved.default === undefined ? undefined : JSON.stringify(resolved.default),
      example: examples?.[0] === undefined ? undefined : JSON.stringify(examples[0]),
      source: resolved["x-aps-source"] as Source | undefined,
      children: fieldsOf(resolved),
      ...more,
    };
  }

  function typeOf(schema: Schema): string {
    const type = schema.type;
    if (Array.isArray(type)) return type.map((one) => typeOf({ type: one })).join(words.or);
    if (type === "array") return words.listOf(typeOf(follow<Schema>(contract, schema.items)));
    return words.types[type as keyof typeof words.types] ?? words.any;
  }

  function valuesOf(schema: Schema): { values: readonly string[]; isOpen: boolean } {
    const closed = schema.enum as readonly unknown[] | undefined;
    if (closed !== undefined) return { values: closed.map(show), isOpen: false };
    const branches = (schema.anyOf ?? []) as readonly Schema[];
    const open = branches.flatMap((branch) => (branch.enum ?? []) as readonly unknown[]);
    return { values: open.map(show), isOpen: open.length > 0 };
  }

  function limitsOf(schema: Schema): string[] {
    const limits = [
      range(schema.minLength, schema.maxLength, "character"),
      range(schema.minimum, schema.maximum, ""),
      range(schema.minItems, schema.maxItems, "item"),
      schema.multipleOf === undefined ? undefined : words.multipleOf(String(schema.multipleOf)),
      schema.uniqueItems === true ? words.unique : undefined,
      schema["x-aps-unique-by"] === undefined ? undefined : words.uniqueBy(String(schema["x-aps-unique-by"])),
      schema.additionalProperties === false ? words.closed : undefined,
    ];
    return limits.filter((limit) => limit !== undefined);
  }

  function range(least: unknown, most: unknown, unit: Unit): string | undefined {
    if (least === undefined && most === undefined) return undefined;
    if (most === undefined) return words.atLeast(number(least), unit);
    if (least === undefined) return words.atMost(number(most), unit);
    if (least === most) return words.exactly(number(most), unit);
    return words.range(number(least), number(most), unit);
  }

  function show(value: unknown): string {
    return value === "" ? words.empty : String(value);
  }
}

function number(value: unknown): string {
  return Number(value).toLocaleString("en-US");
}
