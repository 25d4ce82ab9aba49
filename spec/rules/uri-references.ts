import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

// RFC 3986, section 4.1: what a path, a query and a fragment may hold. Brackets belong to hosts alone.
const characters = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*";
const reference = new RegExp(`^${characters}(?:#${characters})?$`);

/** Each `$ref` is a URI reference: no braces, blanks, quotes, brackets or letters beyond ASCII. */
export const uriReferences: HouseRule = {
  id: "uri-references",
  reason: "Strict tools, those written in Java among them, refuse a document whose references are no URI references.",
  create: () => ({
    ref(node: Node, ctx: RuleContext) {
      if (typeof node.$ref !== "string" || reference.test(node.$ref)) return;
      ctx.report({
        message: `"${node.$ref}" is no URI reference. Rename its target to letters, digits, "-", "_" and ".".`,
        location: ctx.location.child("$ref"),
      });
    },
  }),
};
