import type { Verdict } from "../change.ts";

type Expected = Verdict | "unchanged";

/** A schema before and after, and what that means where it is sent and where it is answered. */
export type Row = readonly [name: string, before: unknown, after: unknown, sent: Expected, answered: Expected];

const text = (more: object = {}) => ({ type: "string", ...more });
const whole = (more: object = {}) => ({ type: "integer", ...more });
const list = (more: object = {}) => ({ type: "array", items: text(), ...more });
const both = (one: Expected): [Expected, Expected] => [one, one];

/** Limits that take less take nothing from who gets them, and the other way round. */
const tighter: [Expected, Expected] = ["breaking", "safe"];
const looser: [Expected, Expected] = ["safe", "risky"];
/** What may be of another type, or missing, breaks who gets it. */
const wider: [Expected, Expected] = ["safe", "breaking"];
const same = both("unchanged");

export const texts: readonly Row[] = [
  ["maxLength lowered", text({ maxLength: 20 }), text({ maxLength: 10 }), ...tighter],
  ["maxLength raised", text({ maxLength: 10 }), text({ maxLength: 20 }), ...looser],
  ["maxLength set", text(), text({ maxLength: 10 }), ...tighter],
  ["maxLength gone", text({ maxLength: 10 }), text(), ...looser],
  ["minLength raised", text({ minLength: 1 }), text({ minLength: 2 }), ...tighter],
  ["minLength lowered", text({ minLength: 2 }), text({ minLength: 1 }), ...looser],
  ["minLength set", text(), text({ minLength: 1 }), ...tighter],
  ["minLength gone", text({ minLength: 1 }), text(), ...looser],
  ["minLength 0 written out", text(), text({ minLength: 0 }), ...same],
  ["pattern set", text(), text({ pattern: "^[a-z]+$" }), ...tighter],
  ["pattern gone", text({ pattern: "^[a-z]+$" }), text(), ...looser],
  ["pattern that takes more", text({ pattern: "^[a-z]{1,8}$" }), text({ pattern: "^[a-z0-9]{1,9}$" }), ...looser],
  ["pattern that takes less", text({ pattern: "^[a-z0-9]{1,9}$" }), text({ pattern: "^[a-z]{1,8}$" }), ...tighter],
  ["pattern that takes other texts", text({ pattern: "^a+$" }), text({ pattern: "^b+$" }), "breaking", "risky"],
  ["pattern of the same texts", text({ pattern: "^(a|b)$" }), text({ pattern: "^[ab]$" }), ...same],
  [
    "a pattern's length written out",
    text({ pattern: "^[a-z]{2,4}$" }),
    text({ pattern: "^[a-z]{2,4}$", minLength: 2, maxLength: 4 }),
    ...same,
  ],
  ["a pattern that looks ahead", text(), text({ pattern: "^(?! )" }), ...tighter],
  ["a pattern that takes anything", text(), text({ pattern: "" }), ...same],
  [
    "a pattern that looks around in its middle",
    text({ pattern: "^a(?=b)[bc]+$" }),
    text({ pattern: "^a(?=b)[bcd]+$" }),
    "risky",
    "risky",
  ],
  ["format set", text(), text({ format: "uuid" }), ...tighter],
  ["format gone", text({ format: "uuid" }), text(), ...looser],
  ["format changed", text({ format: "date" }), text({ format: "uuid" }), ...both("breaking")],
  ["in base64", text(), text({ contentEncoding: "base64" }), ...both("breaking")],
  ["no more in base64", text({ contentEncoding: "base64" }), text(), ...both("breaking")],
  [
    "of another media type",
    text({ contentMediaType: "text/html" }),
    text({ contentMediaType: "text/plain" }),
    ...both("breaking"),
  ],
  [
    "of another content",
    text({ contentMediaType: "application/json", contentSchema: whole() }),
    text({ contentMediaType: "application/json", contentSchema: text() }),
    ...both("breaking"),
  ],
];

export const numbers: readonly Row[] = [
  ["maximum lowered", whole({ maximum: 20 }), whole({ maximum: 10 }), ...tighter],
  ["maximum raised", whole({ maximum: 10 }), whole({ maximum: 20 }), ...looser],
  ["maximum set", whole(), whole({ maximum: 10 }), ...tighter],
  ["maximum gone", whole({ maximum: 10 }), whole(), ...looser],
  ["minimum raised", whole({ minimum: 1 }), whole({ minimum: 2 }), ...tighter],
  ["minimum lowered", whole({ minimum: 2 }), whole({ minimum: 1 }), ...looser],
  ["minimum set", whole(), whole({ minimum: 1 }), ...tighter],
  ["minimum gone", whole({ minimum: 1 }), whole(), ...looser],
  ["exclusiveMaximum set", whole(), whole({ exclusiveMaximum: 10 }), ...tighter],
  ["exclusiveMaximum raised", whole({ exclusiveMaximum: 10 }), whole({ exclusiveMaximum: 20 }), ...looser],
  ["exclusiveMinimum set", whole(), whole({ exclusiveMinimum: 1 }), ...tighter],
  ["exclusiveMinimum raised", whole({ exclusiveMinimum: 1 }), whole({ exclusiveMinimum: 2 }), ...tighter],
  [
    "the maximum itself left out",
    { type: "number", maximum: 10 },
    { type: "number", exclusiveMaximum: 10 },
    ...tighter,
  ],
  ["the maximum itself taken", { type: "number", exclusiveMinimum: 1 }, { type: "number", minimum: 1 }, ...looser],
  ["a whole maximum written otherwise", whole({ maximum: 10 }), whole({ exclusiveMaximum: 11 }), ...same],
  ["multipleOf set", whole(), whole({ multipleOf: 5 }), ...tighter],
  ["multipleOf gone", whole({ multipleOf: 5 }), whole(), ...looser],
  ["multipleOf that takes more", whole({ multipleOf: 10 }), whole({ multipleOf: 5 }), ...looser],
  ["multipleOf that takes less", whole({ multipleOf: 5 }), whole({ multipleOf: 10 }), ...tighter],
  ["multipleOf that takes others", whole({ multipleOf: 2 }), whole({ multipleOf: 3 }), "breaking", "risky"],
  ["multiples of one", whole(), whole({ multipleOf: 1 }), ...same],
  ["decimals", whole(), { type: "number" }, ...wider],
  ["no decimals any more", { type: "number" }, whole(), ...tighter],
  [
    "the name of a range gone",
    whole({ format: "int32", minimum: 0, maximum: 9 }),
    whole({ minimum: 0, maximum: 9 }),
    ...both("risky"),
  ],
  ["numbers of 64 bits", whole({ format: "int32" }), whole({ format: "int64" }), ...both("risky")],
  ["numbers of 32 bits", whole({ format: "int64" }), whole({ format: "int32" }), ...tighter],
];

export const values: readonly Row[] = [
  ["a value less", text({ enum: ["a", "b"] }), text({ enum: ["a"] }), ...tighter],
  ["a value more", text({ enum: ["a"] }), text({ enum: ["a", "b"] }), ...looser],
  ["a value for another", text({ enum: ["a", "b"] }), text({ enum: ["a", "c"] }), "breaking", "risky"],
  ["a list of values", text(), text({ enum: ["a"] }), ...tighter],
  ["no list of values any more", text({ enum: ["a"] }), text(), ...looser],
  ["a constant", text(), text({ const: "a" }), ...tighter],
  ["no constant any more", text({ const: "a" }), text(), ...looser],
  ["another constant", text({ const: "a" }), text({ const: "b" }), ...both("breaking")],
  ["a constant for a list of one", text({ enum: ["a"] }), text({ const: "a" }), ...same],
  ["values without their type", text({ enum: ["a"] }), { enum: ["a"] }, ...same],
  ["values of one field as a choice", text({ enum: ["a", "b"] }), { oneOf: [{ const: "a" }, { const: "b" }] }, ...same],
  [
    "values in base64",
    text({ enum: ["YQ=="] }),
    text({ enum: ["YQ=="], contentEncoding: "base64" }),
    ...both("breaking"),
  ],
  ["true only", { type: "boolean" }, { const: true }, ...tighter],
  ["true and false", { type: "boolean" }, { enum: [true, false] }, ...same],
  [
    "a known value more",
    { type: "string", anyOf: [{ enum: ["a"] }, {}] },
    { type: "string", anyOf: [{ enum: ["a", "b"] }, {}] },
    ...looser,
  ],
  [
    "a known value less",
    { type: "string", anyOf: [{ enum: ["a", "b"] }, {}] },
    { type: "string", anyOf: [{ enum: ["a"] }, {}] },
    "risky",
    "safe",
  ],
  ["null", text(), text({ type: ["string", "null"] }), ...wider],
  ["null no more", text({ type: ["string", "null"] }), text(), ...tighter],
  ["null by a choice", text({ type: ["string", "null"] }), { anyOf: [text(), { type: "null" }] }, ...same],
  [
    "null among the values",
    { type: ["string", "null"], enum: ["a"] },
    { type: ["string", "null"], enum: ["a", null] },
    ...wider,
  ],
  ["null among values without its type", text({ enum: ["a"] }), text({ enum: ["a", null] }), ...same],
  ["another type", text(), whole(), ...both("breaking")],
  ["a type more", text(), text({ type: ["string", "integer"] }), ...wider],
  ["a type less", text({ type: ["string", "integer"] }), text(), ...tighter],
  ["types in another order", text({ type: ["string", "integer"] }), text({ type: ["integer", "string"] }), ...same],
  ["the type as a list", text(), text({ type: ["string"] }), ...same],
  ["anything", text(), {}, ...wider],
  ["no longer anything", {}, text(), ...tighter],
  ["anything, as true", {}, true, ...same],
  ["a list of what was one", text(), list(), ...both("breaking")],
];

export const lists: readonly Row[] = [
  ["maxItems lowered", list({ maxItems: 20 }), list({ maxItems: 10 }), ...tighter],
  ["maxItems raised", list({ maxItems: 10 }), list({ maxItems: 20 }), ...looser],
  ["maxItems set", list(), list({ maxItems: 10 }), ...tighter],
  ["maxItems gone", list({ maxItems: 10 }), list(), ...looser],
  ["minItems raised", list({ minItems: 1 }), list({ minItems: 2 }), ...tighter],
  ["minItems lowered", list({ minItems: 2 }), list({ minItems: 1 }), ...looser],
  ["minItems set", list(), list({ minItems: 1 }), ...tighter],
  ["minItems gone", list({ minItems: 1 }), list(), ...looser],
  ["minItems 0 written out", list(), list({ minItems: 0 }), ...same],
  ["uniqueItems set", list(), list({ uniqueItems: true }), ...tighter],
  ["uniqueItems gone", list({ uniqueItems: true }), list(), ...looser],
  ["uniqueItems false", list(), list({ uniqueItems: false }), ...same],
  ["items that take less", list(), list({ items: text({ maxLength: 3 }) }), ...tighter],
  ["items that take more", list({ items: text({ maxLength: 3 }) }), list(), ...looser],
  ["items that may be null", list(), list({ items: text({ type: ["string", "null"] }) }), ...wider],
  ["items that may be anything, written out", { type: "array" }, { type: "array", items: {} }, ...same],
  ["items of another type", list(), list({ items: whole() }), ...both("breaking")],
  ["first items described", { type: "array" }, { type: "array", prefixItems: [text()] }, ...tighter],
  ["first items no longer described", { type: "array", prefixItems: [text()] }, { type: "array" }, ...wider],
  ["something it must contain", list(), list({ contains: { const: "a" } }), ...tighter],
  ["nothing it must contain any more", list({ contains: { const: "a" } }), list(), ...looser],
  [
    "two of what it must contain",
    list({ contains: { const: "a" } }),
    list({ contains: { const: "a" }, minContains: 2 }),
    ...tighter,
  ],
  [
    "one of what it must contain",
    list({ contains: { const: "a" }, minContains: 2 }),
    list({ contains: { const: "a" } }),
    ...looser,
  ],
  [
    "at most one of a kind",
    list({ contains: { const: "a" }, maxContains: 2 }),
    list({ contains: { const: "a" }, maxContains: 1 }),
    ...tighter,
  ],
  [
    "more of a kind",
    list({ contains: { const: "a" }, maxContains: 1 }),
    list({ contains: { const: "a" }, maxContains: 2 }),
    ...looser,
  ],
  [
    "no further items",
    { type: "array", prefixItems: [text()] },
    { type: "array", prefixItems: [text()], unevaluatedItems: false },
    ...tighter,
  ],
  [
    "further items",
    { type: "array", prefixItems: [text()], unevaluatedItems: false },
    { type: "array", prefixItems: [text()] },
    ...wider,
  ],
];
