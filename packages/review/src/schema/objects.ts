import type { ObjectLimits } from "./alternative.ts";
import { below, type Compare, type Difference, difference, said } from "./difference.ts";
import { propertyOf } from "./intersect.ts";
import { isHidden } from "./notes.ts";
import { namesOf, type Sides } from "./scalars.ts";
import type { Side } from "./side.ts";

/** Compares what objects may be: their properties, those that must be there, and how many. */
export function compareObjects(sides: Sides, o: ObjectLimits, n: ObjectLimits, compare: Compare): Difference[] {
  return [
    ...compareProperties(sides, o, n, compare),
    ...compareRequired(sides, o, n),
    ...compareOthers(sides, o, n, compare),
    ...compareCounts(o, n),
    ...compareDependent(o, n),
    ...below(["propertyNames"], compare(textsOf(o.names), textsOf(n.names))),
  ];
}

/** Names are texts. */
function textsOf(names: unknown): unknown {
  return { type: "string", allOf: [names] };
}

function isThere(side: Side, limits: ObjectLimits, name: string): boolean {
  const schema = limits.properties.get(name);
  return limits.properties.has(name) && schema !== false && !isHidden(side, schema);
}

function compareProperties(sides: Sides, o: ObjectLimits, n: ObjectLimits, compare: Compare): Difference[] {
  const isRequest = sides.new.direction === "request";
  return [...new Set([...o.properties.keys(), ...n.properties.keys()])].flatMap((name) => {
    const [was, is] = [isThere(sides.old, o, name), isThere(sides.new, n, name)];
    const steps = ["properties", name];
    const [former, present] = [propertyOf(sides.old, o, name), propertyOf(sides.new, n, name)];
    if (was && is) return below(steps, compare(former, present));
    if (!was && !is) {
      const areHidden = isHidden(sides.old, former) && isHidden(sides.new, present);
      return areHidden ? [] : below(steps, compare(former, present));
    }
    const hasMoved =
      !isHidden(sides.old, former) && !isHidden(sides.new, present) && former !== false && present !== false;
    // A property that a pattern or the rest of the object describes as it was described by its name.
    if (hasMoved && sides.old.form(former) === sides.new.form(present) && sides.old.form(former) !== "{}") return [];
    if (is) {
      const isNewThere = former === false || isHidden(sides.old, former);
      const isFree = sides.new.form(present) === "{}";
      const takesLess = !isNewThere && !isFree && isRequest;
      const givesMore = former === false && !isRequest;
      return below(steps, [
        difference({
          keyword: "properties",
          kind: "limit",
          rule: "field-added",
          loses: takesLess ? "unknown" : "no",
          gains: givesMore ? "yes" : "no",
          verdict: takesLess || givesMore ? undefined : "safe",
          says: `The field \`${name}\` is new.${takesLess ? " Callers who sent something of that name before may be refused." : ""}`,
        }),
      ]);
    }
    const isWithdrawn = isHidden(sides.new, present);
    const says = isWithdrawn
      ? `The field \`${name}\` is ${isRequest ? "the service's to set now, and not the caller's" : "the caller's to send now, and is not answered"}.`
      : `The field \`${name}\` was removed.`;
    const rule = isWithdrawn ? "field-withdrawn" : "field-removed";
    return below(steps, [
      difference({
        keyword: "properties",
        kind: "presence",
        rule,
        gains: "yes",
        loses: "yes",
        verdict: "breaking",
        says,
      }),
    ]);
  });
}

function compareRequired(sides: Sides, o: ObjectLimits, n: ObjectLimits): Difference[] {
  const seen = (side: Side, limits: ObjectLimits) =>
    [...limits.required].filter((name) => !isHidden(side, limits.properties.get(name)));
  const [was, is] = [seen(sides.old, o), seen(sides.new, n)];
  const [lost, gained] = [was.filter((name) => !is.includes(name)), is.filter((name) => !was.includes(name))];
  // What went away altogether is told as a field that was removed.
  const dropped = lost.filter((name) => isThere(sides.new, n, name) || !isThere(sides.old, o, name));
  return [
    ...gained.map((name) => required("loses", `The field \`${name}\` is required now.`)),
    ...dropped.map((name) => required("gains", `The field \`${name}\` may be left out now.`)),
  ];
}

function required(way: "gains" | "loses", says: string): Difference {
  return difference({ keyword: "required", kind: "presence", [way]: "yes", says });
}

/** Properties that are not named: those of a pattern, and all others. */
function compareOthers(sides: Sides, o: ObjectLimits, n: ObjectLimits, compare: Compare): Difference[] {
  const patterns = [...new Set([...o.patterns.keys(), ...n.patterns.keys()])].flatMap((pattern) => {
    const steps = ["patternProperties", pattern];
    if (o.patterns.has(pattern) && n.patterns.has(pattern)) {
      return below(steps, compare(o.patterns.get(pattern), n.patterns.get(pattern)));
    }
    const isNew = n.patterns.has(pattern);
    const [was, is] = isNew ? [o.additional, n.patterns.get(pattern)] : [o.patterns.get(pattern), n.additional];
    if (sides.old.form(was) === sides.new.form(is)) return [];
    const found = compare(was, is);
    const isLess = found.some(({ loses }) => loses !== "no");
    const isMore = found.some(({ gains }) => gains !== "no");
    return below(steps, [
      difference({
        keyword: "patternProperties",
        kind: isNew ? "limit" : "presence",
        gains: isMore || (!isNew && sides.new.direction === "answer") ? "yes" : "no",
        loses: isLess ? "yes" : "no",
        says: `Fields whose names match ${said(pattern)} are described ${isNew ? "now" : "no longer"}.`,
      }),
    ]);
  });
  return [...patterns, ...compareAdditional(sides, o.additional, n.additional, compare)];
}

function compareAdditional(sides: Sides, was: unknown, is: unknown, compare: Compare): Difference[] {
  if (sides.old.form(was) === sides.new.form(is)) return [];
  if (was !== false && is !== false) return below(["additionalProperties"], compare(was, is));
  if (was === false) {
    const says = "Fields that are not named are possible now.";
    return [difference({ keyword: "additionalProperties", kind: "limit", gains: "yes", says })];
  }
  // A map of described values is what an answer is about; a mere opening for anything is not.
  const isMap = !isAny(sides.old, was) && sides.new.direction === "answer";
  return [
    difference({
      keyword: "additionalProperties",
      kind: "presence",
      loses: "yes",
      ...(isMap && { verdict: "breaking" as const }),
      says: "Fields that are not named are not possible any more.",
    }),
  ];
}

function isAny(side: Side, schema: unknown): boolean {
  return schema === true || side.form(schema) === "{}";
}

function compareCounts(o: ObjectLimits, n: ObjectLimits): Difference[] {
  const least = (limits: ObjectLimits) => Math.max(limits.minProperties, limits.required.size);
  const most = (limits: ObjectLimits) =>
    limits.additional === false && limits.patterns.size === 0
      ? Math.min(limits.maxProperties, limits.properties.size)
      : limits.maxProperties;
  const found: Difference[] = [];
  // Where only the required fields differ, they are told by name.
  if (o.minProperties !== n.minProperties && least(o) !== least(n)) {
    found.push(counted("minProperties", least(n) > least(o) ? "loses" : "gains", o.minProperties, n.minProperties));
  }
  if (o.maxProperties !== n.maxProperties && most(o) !== most(n)) {
    found.push(counted("maxProperties", most(n) < most(o) ? "loses" : "gains", o.maxProperties, n.maxProperties));
  }
  return found;
}

function counted(keyword: string, way: "gains" | "loses", was: number, is: number): Difference {
  const says = `\`${keyword}\` was ${said(was)}, is ${said(is)}.`;
  return difference({ keyword, kind: "limit", [way]: "yes", says });
}

function compareDependent(o: ObjectLimits, n: ObjectLimits): Difference[] {
  return [...new Set([...o.dependent.keys(), ...n.dependent.keys()])].flatMap((name) => {
    const missing = (list: ReadonlySet<string> | undefined, other: ObjectLimits) =>
      [...(list ?? [])].filter((one) => !other.dependent.get(name)?.has(one) && !other.required.has(one));
    const [lost, gained] = [missing(o.dependent.get(name), n), missing(n.dependent.get(name), o)];
    const change = (way: "gains" | "loses", names: readonly string[], word: string) =>
      names.length === 0
        ? []
        : [
            difference({
              keyword: "dependentRequired",
              kind: "presence",
              [way]: "yes",
              says: `A value with \`${name}\` ${word} have ${namesOf(names)}.`,
            }),
          ];
    return [...change("loses", gained, "must now"), ...change("gains", lost, "need no longer")];
  });
}
