import type { Difference } from "./compare.ts";
import { asNode, type Documents, type Node, valueAt } from "./document.ts";

/** What a changed constraint lets through, compared with before: more, less, or neither all nor part of it. */
export type Tightness = "looser" | "tighter" | "other";

/** Compares a constraint before and after; undefined for what is no constraint. */
export function tightness(
  { property = "", path, base, revision }: Difference,
  documents: Documents,
): Tightness | undefined {
  const [was, is] = [base?.value, revision?.value];
  if (/^(exclusiveM|m)(ax|in)imum$/.test(property)) {
    const [before, after] = [asNode(valueAt(documents.before, path)), asNode(valueAt(documents.after, path))];
    return bounded(before, after, /max/i.test(property) ? "maximum" : "minimum");
  }
  if (/^max(Length|Items|Properties)$/.test(property)) return ordered(was, is, 1);
  if (/^min(Length|Items|Properties)$/.test(property)) return ordered(was, is, -1);
  if (property === "uniqueItems") return is === true ? "tighter" : "looser";
  if (/^(additional|unevaluated)Properties$/.test(property)) return is === false ? "tighter" : "looser";
  if (!/^(pattern|format|multipleOf)$/.test(property)) return undefined;
  if (was === undefined || is === undefined) return is === undefined ? "looser" : "tighter";
  if (property !== "multipleOf") return "other";
  return Number(was) % Number(is) === 0 ? "looser" : Number(is) % Number(was) === 0 ? "tighter" : "other";
}

/** A bound may be written with or without the value itself. */
function bounded(before: Node, after: Node, name: "maximum" | "minimum"): Tightness {
  const sign = name === "maximum" ? 1 : -1;
  const exclusive = `exclusive${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const [was, is] = [before, after].map((schema) => {
    const limits = [schema[name], schema[exclusive]].map((limit) =>
      typeof limit === "number" ? limit * sign : Infinity,
    );
    return { limit: Math.min(...limits), isExclusive: Number(limits[1]) <= Number(limits[0]) };
  });
  if (was === undefined || is === undefined || was.limit === is.limit) return is?.isExclusive ? "tighter" : "looser";
  return is.limit > was.limit ? "looser" : "tighter";
}

function ordered(was: unknown, is: unknown, sign: 1 | -1): Tightness {
  if (was === undefined || is === undefined) return is === undefined ? "looser" : "tighter";
  return (Number(is) - Number(was)) * sign > 0 ? "looser" : "tighter";
}
