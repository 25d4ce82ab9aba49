import { answered, listing, sent } from "./at.ts";
import { type Contract, type Edit, edit } from "./edit.ts";
import { choices, notes, objects } from "./shapes.ts";
import { lists, numbers, type Row, texts, values } from "./values.ts";

const groups: readonly (readonly [string, readonly Row[]])[] = [
  ["a text", texts],
  ["a number", numbers],
  ["a field", values],
  ["a list", lists],
  ["an object", objects],
  ["a choice", choices],
  ["a note", notes],
];

const field = "edited";

/** Puts a schema under a field of its own, whatever the object is like. */
function put(object: Contract, schema: unknown): void {
  object.properties = { ...object.properties, [field]: structuredClone(schema) };
}

/** Every row, as a field that is sent and as a field that is answered. The documents take turns. */
export function schemaEdits(turn: number, of: number): Edit[] {
  const rows = groups.flatMap(([group, list]) => list.map((row) => [`${group}: ${row[0]}`, row] as const));
  return rows.flatMap(([name, [, before, after, whenSent, whenAnswered]], index) => [
    ...(index % of === turn
      ? [
          edit(
            `sent, ${name}`,
            whenSent,
            (c) => put(sent(c), after),
            (c) => put(sent(c), before),
          ),
        ]
      : []),
    ...((index + 1) % of === turn
      ? [
          edit(
            `answered, ${name}`,
            whenAnswered,
            (c) => put(answered(c), after),
            (c) => put(answered(c), before),
          ),
        ]
      : []),
  ]);
}

/** The same rows as parameters of a query, where nothing but texts, numbers and lists of them makes sense. */
export function parameterEdits(turn: number, of: number): Edit[] {
  const rows = [...texts, ...numbers, ...values, ...lists].filter(
    ([name]) => !/base64|media type|of another content/.test(name),
  );
  const set = (c: Contract, schema: unknown) => {
    const { parameters } = listing(c);
    const others = parameters.filter((one: Contract) => one.name !== field);
    listing(c).parameters = [...others, { name: field, in: "query", schema: structuredClone(schema) }];
  };
  return rows.flatMap(([name, before, after, whenSent], index) =>
    index % of === turn
      ? [
          edit(
            `asked, ${name}`,
            whenSent,
            (c) => set(c, after),
            (c) => set(c, before),
          ),
        ]
      : [],
  );
}
