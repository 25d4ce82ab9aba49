import { componentAt } from "./component.ts";
import type { HouseRule, Node, RuleContext } from "./house-rule.ts";
import { type Extension, onExtension } from "./on-extension.ts";

type Sources = Readonly<Record<string, { readonly date: string }>>;

/** Every operation and every component says where its facts are from. */
export const sourceRequired: HouseRule = {
  id: "source-required",
  reason: "A reader must be able to check every fact.",
  create: () => {
    const named: Extension[] = [];
    const mustHave = (node: Node, ctx: RuleContext) => {
      if (node["x-aps-source"]) return;
      ctx.report({
        message: "Add x-aps-source with source, date and confidence. It covers all that is inside.",
        location: ctx.location.key(),
      });
    };
    const component = (node: Node, ctx: RuleContext) => {
      if (componentAt(ctx.location)) mustHave(node, ctx);
    };
    return {
      ...onExtension((extension) => {
        if (extension.name === "x-aps-source") named.push(extension);
      }),
      Operation: mustHave,
      Schema: component,
      Parameter: component,
      Response: component,
      Header: component,
      Root: {
        leave(root: Node, ctx: RuleContext) {
          const known = ctx.resolve(root["x-aps-sources"] ?? {}).node;
          for (const source of named) check(source, known, ctx);
        },
      },
    };
  },
};

function check({ value, location }: Extension, known: Sources, ctx: RuleContext): void {
  if (!Array.isArray(value?.source)) return;
  const strangers = value.source.filter((key: string) => !(key in known));
  for (const key of strangers) {
    ctx.report({
      message: `There is no source "${key}". Use a key of sources.yaml, or add one there.`,
      location: location.child(["source", value.source.indexOf(key)]),
    });
  }
  const newest = value.source
    .map((key: string) => known[key]?.date)
    .toSorted()
    .at(-1);
  if (strangers.length > 0 || value.date === newest) return;
  ctx.report({
    message: `The newest of these sources is of ${newest}. Write that date, or correct the sources.`,
    location: location.child("date"),
  });
}
