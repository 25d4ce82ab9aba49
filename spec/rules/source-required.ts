import { componentAt } from "./component.ts";
import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** Every operation and every component says where its facts are from. */
export const sourceRequired: HouseRule = {
  id: "source-required",
  reason: "A reader must be able to check every fact.",
  create: () => {
    let known: Set<string> | undefined;
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
      Root(root: Node, ctx: RuleContext) {
        const sources = root["x-aps-sources"] && ctx.resolve(root["x-aps-sources"]).node;
        known = sources && new Set(Object.keys(sources));
      },
      Operation: mustHave,
      Schema: component,
      Parameter: component,
      Response: component,
      Header: component,
      SpecExtension(value: Node, ctx: RuleContext) {
        if (ctx.key !== "x-aps-source" || !known || !Array.isArray(value?.source)) return;
        for (const [index, key] of value.source.entries()) {
          if (known.has(key)) continue;
          ctx.report({
            message: `There is no source "${key}". Use a key of sources.yaml, or add one there.`,
            location: ctx.location.child(["source", index]),
          });
        }
      },
    };
  },
};
