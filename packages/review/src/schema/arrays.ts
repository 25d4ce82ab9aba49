import type { ArrayLimits } from "./alternative.ts";
import { below, type Compare, type Difference, difference, said } from "./difference.ts";
import type { Sides } from "./scalars.ts";

/** Compares what lists may be: how long, with which items, and whether one may come twice. */
export function compareArrays(sides: Sides, o: ArrayLimits, n: ArrayLimits, compare: Compare): Difference[] {
  const found: Difference[] = [];
  for (const [keyword, sign] of [
    ["minItems", -1],
    ["maxItems", 1],
  ] as const) {
    if (o[keyword] === n[keyword]) continue;
    const way = (n[keyword] - o[keyword]) * sign > 0 ? "gains" : "loses";
    found.push(limit(keyword, way, `\`${keyword}\` was ${said(o[keyword])}, is ${said(n[keyword])}.`));
  }
  if (o.isUnique !== n.isUnique) {
    const says = n.isUnique ? "The items must differ now." : "Items may be alike now.";
    found.push(limit("uniqueItems", n.isUnique ? "loses" : "gains", says));
  }
  for (const name of new Set([...o.uniqueBy, ...n.uniqueBy])) {
    if (o.uniqueBy.includes(name) && n.uniqueBy.includes(name)) continue;
    const isNew = n.uniqueBy.includes(name);
    const says = `The items ${isNew ? "must" : "need not"} differ in \`${name}\` ${isNew ? "now" : "any more"}.`;
    found.push(limit("x-aps-unique-by", isNew ? "loses" : "gains", says));
  }
  const length = Math.max(o.prefix.length, n.prefix.length);
  for (let index = 0; index < length; index += 1) {
    if (index >= Math.min(o.maxItems, n.maxItems)) break;
    const [was, is] = [o, n].map((one) => (index < one.prefix.length ? one.prefix[index] : one.items));
    found.push(...below(["prefixItems", String(index)], compare(was, is)));
  }
  const hasMore = (limits: ArrayLimits) => limits.maxItems > length;
  if (hasMore(o) && hasMore(n)) found.push(...below(["items"], compare(o.items, n.items)));
  return [...found, ...compareContains(sides, o, n)];
}

function limit(keyword: string, way: "gains" | "loses", says: string): Difference {
  return difference({ keyword, kind: "limit", [way]: "yes", says });
}

function compareContains(sides: Sides, o: ArrayLimits, n: ArrayLimits): Difference[] {
  const text = (side: Sides["old"], { contains }: ArrayLimits) =>
    contains.map((one) => [side.form(one.schema), one.minimum, String(one.maximum)].join()).sort();
  const [was, is] = [text(sides.old, o), text(sides.new, n)];
  const [lost, gained] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))];
  if (lost.length + gained.length === 0) return [];
  const [one, other] = [o.contains[0], n.contains[0]];
  const isCount = o.contains.length === 1 && n.contains.length === 1;
  if (isCount && one && other && sides.old.form(one.schema) === sides.new.form(other.schema)) {
    const isLess = other.minimum > one.minimum || other.maximum < one.maximum;
    const isMore = other.minimum < one.minimum || other.maximum > one.maximum;
    const says = "How many items of a kind there must be was changed.";
    const [gains, loses] = [isMore ? "yes" : "no", isLess ? "yes" : "no"] as const;
    return [difference({ keyword: "contains", kind: "limit", gains, loses, says })];
  }
  const says = "What the items must contain was changed.";
  const way = (list: readonly string[]) =>
    list.length === 0 ? "no" : lost.length > 0 && gained.length > 0 ? "unknown" : "yes";
  return [difference({ keyword: "contains", kind: "limit", gains: way(lost), loses: way(gained), says })];
}
