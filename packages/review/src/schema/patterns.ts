import type { NFA } from "refa";
import { automatonOf, common, lengthBetween, without } from "./automaton.ts";
import { anyText, shortestText } from "./texts-of.ts";

/** What the strings of one side are, as far as patterns and lengths say. */
export interface Texts {
  readonly patterns: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
}

/** Whether one set of texts is in another, and a text that is not where there is one. */
export type Held = { readonly answer: "yes" | "unknown" } | { readonly answer: "no"; readonly example: string };

/** Longer texts are compared by their patterns alone. */
const longest = 400;

/** Whether every text of one set is in the other. */
export function holds(inner: Texts, outer: Texts): Held {
  const patterns = outer.patterns.filter((pattern) => !inner.patterns.includes(pattern));
  const ranges = beyond(inner, outer);
  if (patterns.length === 0 && ranges.length === 0) return { answer: "yes" };
  const [range] = ranges;
  if (range !== undefined && inner.patterns.length === 0) {
    return { answer: "no", example: "a".repeat(Math.min(range[0], longest)) };
  }
  try {
    const own = setOf({ ...inner, minLength: 0, maxLength: Infinity });
    const whole = setOf(inner);
    const others = patterns.map(automatonOf);
    if (own === undefined || whole === undefined || others.includes(undefined)) return { answer: "unknown" };
    const sets = [
      ...others.map((other) => common(whole, without(other as NFA))),
      ...ranges.map(([low, high]) => common(own, lengthBetween(low, high > 2 * longest ? Infinity : high))),
    ];
    const example = sets.map(shortestText).find((text) => text !== undefined);
    if (example === undefined) return { answer: "yes" };
    const length = [...example].length;
    return length < inner.minLength || length > inner.maxLength ? { answer: "unknown" } : { answer: "no", example };
  } catch {
    // Too many states to go through.
    return { answer: "unknown" };
  }
}

/** A text that patterns and lengths allow; undefined where none is found. */
export function exampleOf(texts: Texts, random: () => number): string | undefined {
  try {
    const set = setOf(texts) ?? lengthBetween(texts.minLength, Math.min(texts.maxLength, longest));
    return random() < 0.2 ? shortestText(set) : anyText(set, random);
  } catch {
    return undefined;
  }
}

function setOf({ patterns, minLength, maxLength }: Texts): NFA | undefined {
  const parts = patterns.map(automatonOf);
  if (parts.includes(undefined)) return undefined;
  const high = maxLength > longest ? Infinity : maxLength;
  return (parts as NFA[]).reduce(common, lengthBetween(Math.min(minLength, longest), high));
}

/** Lengths that one set may have, and the other may not. */
function beyond(inner: Texts, outer: Texts): [number, number][] {
  return [
    ...(inner.minLength < outer.minLength
      ? [[inner.minLength, Math.min(outer.minLength - 1, inner.maxLength)] as [number, number]]
      : []),
    ...(inner.maxLength > outer.maxLength
      ? [[Math.max(outer.maxLength + 1, inner.minLength), inner.maxLength] as [number, number]]
      : []),
  ];
}
