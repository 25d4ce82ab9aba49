import { asList, asNode, type Node } from "../document.ts";
import type { Sides } from "../schema/scalars.ts";
import { type Side, stable } from "../schema/side.ts";
import type { Found } from "./verdict.ts";

/** One way to be let in: what each scheme asks for, by what the scheme is and not by its name. */
type Way = ReadonlyMap<string, { readonly name: string; readonly scopes: readonly string[] }>;

/** Compares what callers need to be let in. Any one way is enough, so that one way more harms nobody. */
export function compareSecurity(sides: Sides, before: Node, after: Node, steps: readonly string[]): Found[] {
  const [was, is] = [waysOf(sides.old, before), waysOf(sides.new, after)];
  const lost = was.filter((way) => !is.some((other) => isEnough(way, other)));
  const gained = is.filter((way) => !was.some((other) => isEnough(way, other)));
  const at = "security" in after ? [...steps, "security"] : ["security"];
  return [
    ...lost.map((way): Found => {
      const says = `Callers with ${named(way)} are no longer let in.`;
      return { verdict: "breaking", rule: "security-narrowed", says, steps: at };
    }),
    ...gained.map((way): Found => {
      const says = `Callers with ${named(way)} are let in now.`;
      return { verdict: "safe", rule: "security-widened", says, steps: at };
    }),
  ];
}

function waysOf(side: Side, operation: Node): Way[] {
  const list = asList(operation.security ?? side.document.security);
  const schemes = asNode(asNode(side.document.components).securitySchemes);
  const ways = list.map(
    (way): Way =>
      new Map(
        Object.entries(asNode(way)).map(([name, scopes]) => [
          textOf(asNode(side.follow(schemes[name]))),
          { name, scopes: asList(scopes).map(String) },
        ]),
      ),
  );
  return ways.length === 0 ? [new Map()] : ways;
}

/** What a scheme asks for. Words about it, and the list of scopes that exist, are no part of that. */
function textOf(scheme: Node): string {
  const { description: _, bearerFormat: __, ...rest } = scheme;
  const entries = Object.entries(rest).filter(([key]) => !key.startsWith("x-"));
  const plain = Object.fromEntries(
    entries.map(([key, value]) => {
      if (key === "flows") return [key, withoutScopes(asNode(value))];
      if (key === "scheme" || (key === "name" && scheme.in === "header")) return [key, String(value).toLowerCase()];
      return [key, value];
    }),
  );
  return stable(plain);
}

function withoutScopes(flows: Node): Node {
  return Object.fromEntries(
    Object.entries(flows).map(([name, flow]) => {
      const { scopes: _, ...rest } = asNode(flow);
      return [name, rest];
    }),
  );
}

/** Whether what one way asks for is enough for another one. */
function isEnough(way: Way, other: Way): boolean {
  return [...other].every(([scheme, { scopes }]) => {
    const own = way.get(scheme);
    return own !== undefined && scopes.every((scope) => own.scopes.includes(scope));
  });
}

function named(way: Way): string {
  if (way.size === 0) return "no credentials";
  return [...way.values()].map(({ name, scopes }) => `\`${[name, ...scopes].join(" ")}\``).join(" and ");
}

/** Compares the schemes themselves, in what no operation shows. */
export function compareSchemes(sides: Sides): Found[] {
  const schemes = (side: Side) => asNode(asNode(side.document.components).securitySchemes);
  const [was, is] = [schemes(sides.old), schemes(sides.new)];
  return Object.keys(was).flatMap((name): Found[] => {
    const [before, after] = [asNode(sides.old.follow(was[name])), asNode(sides.new.follow(is[name]))];
    const steps = ["components", "securitySchemes", name];
    if (is[name] === undefined) return [];
    const found: Found[] = [];
    if (before.bearerFormat !== after.bearerFormat) {
      const says = `The token of \`${name}\` is of another format.`;
      found.push({ verdict: "risky", rule: "bearer-format-changed", says, steps: [...steps, "bearerFormat"] });
    }
    for (const [flow, definition] of Object.entries(asNode(before.flows))) {
      const [old, now] = [asNode(asNode(definition).scopes), asNode(asNode(asNode(after.flows)[flow]).scopes)];
      const [lost, gained] = [
        Object.keys(old).filter((one) => !(one in now)),
        Object.keys(now).filter((one) => !(one in old)),
      ];
      const at = [...steps, "flows", flow, "scopes"];
      if (lost.length > 0)
        found.push({
          verdict: "breaking",
          rule: "scope-removed",
          says: `\`${name}\` has no scope \`${lost.join("`, `")}\` any more.`,
          steps: at,
        });
      if (gained.length > 0)
        found.push({
          verdict: "safe",
          rule: "scope-added",
          says: `\`${name}\` has the scope \`${gained.join("`, `")}\` now.`,
          steps: at,
        });
    }
    return found;
  });
}
