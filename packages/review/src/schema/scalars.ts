import { accepts, isMultiple } from "./accepts.ts";
import type { Alternative, NumberLimits, StringLimits } from "./alternative.ts";
import { type Difference, difference, said } from "./difference.ts";
import { holds } from "./patterns.ts";
import type { Side } from "./side.ts";

/** Compares lists of values, where one side at least has one. */
export function compareValues(o: Alternative, n: Alternative): Difference[] {
  const lost = [...(o.values?.values() ?? [])].filter((value) => accepts(n, value) !== "yes");
  const gained = [...(n.values?.values() ?? [])].filter((value) => accepts(o, value) !== "yes");
  if (o.values !== undefined && n.values !== undefined) {
    if (lost.length === o.values.size && gained.length === n.values.size) return [another(o, n)];
    return [
      ...listed(
        "loses",
        lost.map((value) => [value, accepts(n, value)]),
      ),
      ...listed(
        "gains",
        gained.map((value) => [value, accepts(o, value)]),
      ),
    ];
  }
  const opened = o.values !== undefined;
  return [
    difference({
      keyword: "enum",
      kind: "enum",
      rule: opened ? "values-opened" : "values-listed",
      gains: opened || gained.length > 0 ? "yes" : "no",
      loses: !opened || lost.length > 0 ? "yes" : "no",
      says: opened
        ? "Any value is possible now, where there was a list of them."
        : `Only ${namesOf([...(n.values?.values() ?? [])])} ${n.values?.size === 1 ? "is" : "are"} possible now.`,
    }),
  ];
}

/** Where no value is left, nothing is as it was. */
function another(o: Alternative, n: Alternative): Difference {
  const [was, is] = [o, n].map(({ values }) => namesOf([...(values?.values() ?? [])]));
  return difference({
    keyword: "enum",
    kind: "type",
    gains: "yes",
    loses: "yes",
    says: `It was ${was}, and is ${is}.`,
  });
}

function listed(way: "gains" | "loses", values: readonly [unknown, "yes" | "no" | "unknown"][]): Difference[] {
  if (values.length === 0) return [];
  const says = `${namesOf(values.map(([value]) => value))} ${values.length === 1 ? "is" : "are"} ${way === "gains" ? "possible now" : "no longer possible"}.`;
  const answer = values.some(([, answer]) => answer === "no") ? "yes" : "unknown";
  return [difference({ keyword: "enum", kind: "enum", [way]: answer, says })];
}

/** Values in a sentence: the first eight, and how many more. */
export function namesOf(values: readonly unknown[]): string {
  const shown = values.slice(0, 8).map(said).join(", ");
  return values.length > 8 ? `${shown} and ${values.length - 8} more` : shown;
}

/** Known values of a list that is open. */
export function compareKnown(o: Alternative, n: Alternative): Difference[] {
  if (o.values !== undefined || n.values !== undefined) return [];
  const lost = [...o.known].filter(([text]) => !n.known.has(text)).map(([, value]) => value);
  const gained = [...n.known].filter(([text]) => !o.known.has(text)).map(([, value]) => value);
  if (o.known.size === 0 && n.known.size > 0) {
    const says = `${namesOf(gained)} are known values now.`;
    return [difference({ keyword: "enum", kind: "enum", rule: "known-values", verdict: "safe", says })];
  }
  return [
    ...(lost.length === 0 ? [] : [known("loses", `${namesOf(lost)} is no longer a known value.`)]),
    ...(gained.length === 0 ? [] : [known("gains", `${namesOf(gained)} is a known value now.`)]),
  ];
}

/** A list that is open takes any value, and yet callers see a change of it as they see one of a closed list. */
function known(way: "gains" | "loses", says: string): Difference {
  return difference({ keyword: "enum", kind: "enum", rule: "known-values", [way]: "unknown", says });
}

/** Compares what numbers may be: their range, whole or not, and their steps. */
export function compareNumbers(o: NumberLimits, n: NumberLimits): Difference[] {
  const found: Difference[] = [];
  if (o.isInteger !== n.isInteger) {
    const way = n.isInteger ? "loses" : "gains";
    const says = n.isInteger ? "Only whole numbers are possible now." : "Numbers with decimals are possible now.";
    found.push(difference({ keyword: "type", kind: "type", [way]: "yes", says }));
  }
  for (const end of ["minimum", "maximum"] as const) {
    const isExclusive = end === "minimum" ? "isMinimumExclusive" : "isMaximumExclusive";
    if (o[end] === n[end] && o[isExclusive] === n[isExclusive]) continue;
    const step = (n[end] - o[end]) * (end === "maximum" ? 1 : -1);
    const isWider = step > 0 || (step === 0 && o[isExclusive]);
    found.push(
      difference({
        keyword: end,
        kind: "limit",
        [isWider ? "gains" : "loses"]: "yes",
        says: `\`${end}\` was ${said(o[end])}${o[isExclusive] ? " itself left out" : ""}, is ${said(n[end])}${n[isExclusive] ? " itself left out" : ""}.`,
      }),
    );
  }
  if (o.multiples.join() !== n.multiples.join()) {
    const covers = (inner: readonly number[], outer: readonly number[]) =>
      outer.every((step) => inner.some((one) => isMultiple(one, step)) || (o.isInteger && n.isInteger && step === 1));
    found.push(
      difference({
        keyword: "multipleOf",
        kind: "limit",
        gains: covers(n.multiples, o.multiples) ? "no" : "yes",
        loses: covers(o.multiples, n.multiples) ? "no" : "yes",
        says: `\`multipleOf\` was ${said(o.multiples[0])}, is ${said(n.multiples[0])}.`,
      }),
    );
  }
  return [...found, ...compareFormats(o.formats, n.formats)];
}

function compareFormats(o: readonly string[], n: readonly string[]): Difference[] {
  if (o.join() === n.join()) return [];
  const says = `\`format\` was ${said(o.length === 0 ? undefined : o.join())}, is ${said(n.length === 0 ? undefined : n.join())}.`;
  const [lost, gained] = [o.some((one) => !n.includes(one)), n.some((one) => !o.includes(one))];
  const kind = lost && gained ? "type" : "limit";
  return [difference({ keyword: "format", kind, gains: lost ? "yes" : "no", loses: gained ? "yes" : "no", says })];
}

/** Compares what texts may be: their length, their patterns and their formats. */
export function compareStrings(o: StringLimits, n: StringLimits): Difference[] {
  const found = [...compareFormats(o.formats, n.formats)];
  const [was, is] = [o.patterns.join(" and "), n.patterns.join(" and ")];
  if (was !== is) {
    found.push(textDifference(o, n, "pattern", said(was || undefined), said(is || undefined)));
    if (o.minLength === n.minLength && o.maxLength === n.maxLength) return present(found);
  }
  for (const keyword of ["minLength", "maxLength"] as const) {
    if (o[keyword] === n[keyword]) continue;
    // Each length by itself, while the patterns are those of both.
    const patterns = was === is ? o.patterns : [];
    const other = { minLength: Math.max(o.minLength, 0), maxLength: o.maxLength, patterns };
    found.push(textDifference(other, { ...other, [keyword]: n[keyword] }, keyword, said(o[keyword]), said(n[keyword])));
  }
  return present(found);
}

/** Compares how a text is to be understood, whether its values are listed or not. */
export function compareContent(sides: Sides, o: StringLimits, n: StringLimits): Difference[] {
  return ["contentEncoding", "contentMediaType", "contentSchema"].flatMap((keyword) => {
    if (sides.old.form(o.content[keyword]) === sides.new.form(n.content[keyword])) return [];
    const says = `The text is to be understood otherwise: \`${keyword}\` was ${said(o.content[keyword])}, is ${said(n.content[keyword])}.`;
    return [difference({ keyword, kind: "content", gains: "yes", loses: "yes", says })];
  });
}

function present(found: readonly Difference[]): Difference[] {
  return found.filter(({ gains, loses }) => gains !== "no" || loses !== "no");
}

type Texts = Pick<StringLimits, "patterns" | "minLength" | "maxLength">;

function textDifference(o: Texts, n: Texts, keyword: string, was: string, is: string): Difference {
  const isPattern = keyword === "pattern";
  const [lost, gained] = [
    holds(o, isPattern ? { ...o, patterns: n.patterns } : n),
    holds(n, isPattern ? { ...n, patterns: o.patterns } : o),
  ];
  const example = isPattern && lost.answer === "no" ? ` ${said(lost.example)} was possible before.` : "";
  return difference({
    keyword,
    kind: "limit",
    gains: opposite[gained.answer],
    loses: opposite[lost.answer],
    says: `\`${keyword}\` was ${was}, is ${is}.${example}`,
  });
}

const opposite = { yes: "no", no: "yes", unknown: "unknown" } as const;

/** The two sides of a comparison. */
export interface Sides {
  readonly old: Side;
  readonly new: Side;
}
