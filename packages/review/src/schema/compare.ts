import { isNode } from "../document.ts";
import { type Alternative, type TypeName, typeNames } from "./alternative.ts";
import { alternatives } from "./alternatives.ts";
import { compareArrays } from "./arrays.ts";
import { anyOfAnswers, type Compare, type Difference, difference } from "./difference.ts";
import { textOf } from "./intersect.ts";
import { compareNotes } from "./notes.ts";
import { compareObjects } from "./objects.ts";
import { compareContent, compareKnown, compareNumbers, compareStrings, compareValues, type Sides } from "./scalars.ts";

/** Deeper schemas are not looked into; they count as undecided. */
const deepest = 40;

/**
 * What differs between two schemas in what they mean. Nothing differs where they accept the same values, however they are
 * written.
 */
export function compareSchemas(sides: Sides, old: unknown, is: unknown): Difference[] {
  return compareBelow(sides, old, is, []);
}

function compareBelow(
  sides: Sides,
  old: unknown,
  is: unknown,
  trail: readonly (readonly [unknown, unknown])[],
): Difference[] {
  if (sides.old.form(old) === sides.new.form(is)) return [];
  const [a, b] = [target(sides.old.follow(old), old), target(sides.new.follow(is), is)];
  // What contains itself is compared once; where it comes again it is the same as above.
  if (trail.some(([x, y]) => x === a && y === b)) return [];
  if (trail.length > deepest) return [undecided("choice", "These schemas are nested too deeply to be compared.")];
  const compare: Compare = (x, y) => compareBelow(sides, x, y, [...trail, [a, b]]);
  const [was, now] = [alternatives(sides.old, old), alternatives(sides.new, is)];
  const found = typeNames.flatMap((type) => {
    const ofType = ({ type: one }: Alternative) => one === type;
    return compareType(sides, type, was.filter(ofType), now.filter(ofType), compare);
  });
  const told = joined(found).map((one) =>
    (one.gains === "unknown" || one.loses === "unknown") && one.between === undefined
      ? { ...one, between: [old, is] as const }
      : one,
  );
  return [...told, ...compareNotes(sides, old, is)];
}

/** A reference alone is what it leads to; together with something beside it is itself. */
function target(followed: unknown, schema: unknown): unknown {
  return isNode(schema) && Object.keys(schema).length > 1 ? schema : followed;
}

function compareType(
  sides: Sides,
  type: TypeName,
  was: readonly Alternative[],
  now: readonly Alternative[],
  compare: Compare,
): Difference[] {
  if (was.length === 0 && now.length === 0) return [];
  const kind = type === "null" ? "null" : "type";
  const a = type === "null" ? "null" : `a value of type \`${type}\``;
  if (was.length === 0) {
    return [difference({ keyword: "type", kind, gains: "yes", says: `It can be ${a} now.` })];
  }
  if (now.length === 0) {
    return [difference({ keyword: "type", kind, loses: "yes", says: `It can no longer be ${a}.` })];
  }
  const [old, rest] = unpaired(sides, was, now);
  const [one, other] = [old[0], rest[0]];
  if (one === undefined && other === undefined) {
    return was.length === 1 && now.length === 1 ? compareKnown(was[0] as Alternative, now[0] as Alternative) : [];
  }
  const between = (x: Alternative, y: Alternative) => compareAlternatives(sides, x, y, compare);
  if (old.length === 1 && rest.length === 1 && one !== undefined && other !== undefined) {
    const found = between(one, other);
    if (was.length === 1 && now.length === 1) return found;
    // What another alternative takes is not lost, and what another one took is not new.
    const isHeld = now.some((y) => y !== other && covers(between(one, y), "loses"));
    const wasHeld = was.some((x) => x !== one && covers(between(x, other), "gains"));
    return found.map((part) => ({
      ...part,
      loses: isHeld ? "no" : part.loses,
      gains: wasHeld ? "no" : part.gains,
    }));
  }
  const lost = old.filter((x) => !now.some((y) => covers(between(x, y), "loses")));
  const gained = rest.filter((y) => !was.some((x) => covers(between(x, y), "gains")));
  return [
    ...lost.map((x) =>
      choice(
        "loses",
        x,
        now.every((y) => isApart(between(x, y))),
      ),
    ),
    ...gained.map((y) =>
      choice(
        "gains",
        y,
        was.every((x) => isApart(between(x, y))),
      ),
    ),
  ];
}

/** Whether one alternative holds all of the other, by the differences between them. */
function covers(found: readonly Difference[], way: "gains" | "loses"): boolean {
  return found.every((one) => one[way] === "no");
}

/** Whether two alternatives have plainly no value in common that could be told: another list of values. */
function isApart(found: readonly Difference[]): boolean {
  return found.some(({ loses }) => loses === "yes");
}

/** One alternative less may be made up for by several others together, which is not worked out. */
function choice(way: "gains" | "loses", { type, values }: Alternative, isSure: boolean): Difference {
  const what =
    values === undefined ? `One kind of ${type}` : [...values.keys()].map((text) => `\`${text}\``).join(", ");
  return difference({
    keyword: "anyOf",
    kind: type === "object" || type === "array" ? "choice" : "limit",
    [way]: isSure && values !== undefined ? "yes" : "unknown",
    says: `${what} is ${way === "gains" ? "possible now" : "no longer possible"}.`,
  });
}

function unpaired(
  sides: Sides,
  was: readonly Alternative[],
  now: readonly Alternative[],
): [readonly Alternative[], readonly Alternative[]] {
  const [old, is] = [was.map((one) => textOf(sides.old, one)), now.map((one) => textOf(sides.new, one))];
  return [
    was.filter((_, index) => !is.includes(old[index] as string)),
    now.filter((_, index) => !old.includes(is[index] as string)),
  ];
}

function compareAlternatives(sides: Sides, o: Alternative, n: Alternative, compare: Compare): Difference[] {
  const rest = [...compareRest(o, n), ...compareContent(sides, o.string, n.string)];
  if (o.values !== undefined || n.values !== undefined) return [...compareValues(o, n), ...rest];
  const found =
    o.type === "number"
      ? compareNumbers(o.number, n.number)
      : o.type === "string"
        ? compareStrings(o.string, n.string)
        : o.type === "array"
          ? compareArrays(sides, o.array, n.array, compare)
          : o.type === "object"
            ? compareObjects(sides, o.object, n.object, compare)
            : [];
  return [...found, ...compareKnown(o, n), ...rest];
}

/** What no limit stands for is the same, or it cannot be told what it changes. */
function compareRest(o: Alternative, n: Alternative): Difference[] {
  const lost = [...o.rest].filter(([text]) => !n.rest.has(text)).map(([, one]) => one);
  const gained = [...n.rest].filter(([text]) => !o.rest.has(text)).map(([, one]) => one);
  const keywords = [...new Set([...lost, ...gained].map(({ keyword }) => keyword))];
  return keywords.map((keyword) => {
    const has = (list: typeof lost) => list.some((one) => one.keyword === keyword);
    const word = has(lost) && has(gained) ? "was changed" : has(gained) ? "was added" : "was removed";
    return difference({
      keyword,
      kind: "limit",
      gains: has(lost) ? "unknown" : "no",
      loses: has(gained) ? "unknown" : "no",
      says: `\`${keyword}\` ${word}.`,
    });
  });
}

function undecided(keyword: string, says: string): Difference {
  return difference({ keyword, kind: "choice", gains: "unknown", loses: "unknown", says });
}

/** A type that was lost while another was gained is one change. */
function joined(found: readonly Difference[]): Difference[] {
  const isType = (one: Difference) => one.kind === "type" && one.keyword === "type" && one.steps.length === 0;
  const types = found.filter(isType);
  if (types.length < 2) return [...found];
  return [
    difference({
      keyword: "type",
      kind: "type",
      gains: anyOfAnswers(types.map(({ gains }) => gains)),
      loses: anyOfAnswers(types.map(({ loses }) => loses)),
      says: types.map(({ says }) => says).join(" "),
    }),
    ...found.filter((one) => !isType(one)),
  ];
}
