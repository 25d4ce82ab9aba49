/** The types of JSON values. An integer is a number here, of which it is a part. */
export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object";

/** All types, in the order of reports. */
export const typeNames: readonly TypeName[] = ["null", "boolean", "number", "string", "array", "object"];

/** What the choices of a schema come down to: a set of values of one type, described without any choice. */
export interface Alternative {
  readonly type: TypeName;
  /** The only values, by their text; undefined where any value counts that the rest describes. */
  readonly values: ReadonlyMap<string, unknown> | undefined;
  /** Values that a wider set names, such as the known ones of an open list. */
  readonly known: ReadonlyMap<string, unknown>;
  readonly number: NumberLimits;
  readonly string: StringLimits;
  readonly array: ArrayLimits;
  readonly object: ObjectLimits;
  /** What cannot be written as limits, by the text of its meaning: `not`, `if`, a choice of exactly one. */
  readonly rest: ReadonlyMap<string, Rest>;
}

/** A keyword whose meaning is no limit. */
export interface Rest {
  readonly keyword: string;
  readonly schema: unknown;
}

/** What a number may be. Infinite where nothing is said. */
export interface NumberLimits {
  readonly minimum: number;
  readonly isMinimumExclusive: boolean;
  readonly maximum: number;
  readonly isMaximumExclusive: boolean;
  readonly isInteger: boolean;
  readonly multiples: readonly number[];
  /** `format` of a kind that is no range of integers. */
  readonly formats: readonly string[];
}

/** What a text may be. Lengths are counted in code points. */
export interface StringLimits {
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  /** `contentEncoding`, `contentMediaType` and `contentSchema`: how the text is to be understood. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** What a list may be. */
export interface ArrayLimits {
  readonly prefix: readonly unknown[];
  readonly items: unknown;
  readonly minItems: number;
  readonly maxItems: number;
  readonly isUnique: boolean;
  readonly uniqueBy: readonly string[];
  readonly contains: readonly Contains[];
}

/** How many items of a list are of a schema. */
export interface Contains {
  readonly schema: unknown;
  readonly minimum: number;
  readonly maximum: number;
}

/** What an object may be. */
export interface ObjectLimits {
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  readonly patterns: ReadonlyMap<string, unknown>;
  readonly additional: unknown;
  readonly names: unknown;
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly dependent: ReadonlyMap<string, ReadonlySet<string>>;
}

const limits = {
  number: {
    minimum: -Infinity,
    isMinimumExclusive: false,
    maximum: Infinity,
    isMaximumExclusive: false,
    isInteger: false,
    multiples: [],
    formats: [],
  },
  string: { minLength: 0, maxLength: Infinity, patterns: [], formats: [], content: {} },
  array: { prefix: [], items: true, minItems: 0, maxItems: Infinity, isUnique: false, uniqueBy: [], contains: [] },
  object: {
    properties: new Map(),
    required: new Set<string>(),
    patterns: new Map(),
    additional: true,
    names: true,
    minProperties: 0,
    maxProperties: Infinity,
    dependent: new Map(),
  },
} as const;

/** Every value of a type. */
export function anyOf(type: TypeName): Alternative {
  const values =
    type === "null"
      ? new Map([["null", null]])
      : type === "boolean"
        ? new Map([
            ["false", false],
            ["true", true],
          ])
        : undefined;
  return { type, values, known: new Map(), ...limits, rest: new Map() };
}
