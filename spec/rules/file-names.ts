import { basename } from "node:path";
import { componentAt, componentCase } from "./component.ts";
import type { HouseRule, Location, Node, Options, RuleContext } from "./house-rule.ts";

/**
 * Files are named by what is in them: a component by its name, a path by its segments, which `pathFileName` joins. A root
 * that has one path in a file has all of them in files.
 *
 * Option `prefixes`: the starts of paths that file names leave out.
 */
export const fileNames: HouseRule = {
  id: "file-names",
  reason: "A reader finds a fact by its file name alone.",
  create: (options: Options) => {
    const prefixes = (options.prefixes ?? []) as string[];
    const component = (kind: string) => (_: Node, ctx: RuleContext) => {
      const found = componentAt(ctx.location);
      if (!found) return;
      if (found.kind !== kind) {
        ctx.report({ message: `Move the file to the folder ${kind}; that is what it holds.` });
      }
      if (!/^[A-Z][A-Za-z0-9]*$/.test(found.name)) {
        ctx.report({ message: `Rename "${found.name}": a component is written like ImageServer.` });
      }
    };
    const schema = component("schemas");
    const parameter = component("parameters");
    return {
      Schema: schema,
      Response: component("responses"),
      Example: component("examples"),
      Header(node: Node, ctx: RuleContext) {
        component("headers")(node, ctx);
        const found = componentAt(ctx.location);
        const name = componentCase(lastSegment(ctx.rawLocation.pointer));
        if (found && found.name !== name) {
          ctx.report({ message: `Rename the component to ${name}, after the header.`, location: ctx.rawLocation });
        }
      },
      Parameter(node: Node, ctx: RuleContext) {
        parameter(node, ctx);
        const found = componentAt(ctx.location);
        const words = componentCase(node.name ?? "");
        if (found && !found.name.includes(words)) {
          ctx.report({ message: `Give the component a name with ${words} in it, after the parameter.` });
        }
      },
      ref(_: Node, ctx: RuleContext, target: { location?: Location }) {
        const entry = componentAt(ctx.location);
        const file = target.location && componentAt(target.location);
        if (!entry || !file || entry.name === file.name) return;
        ctx.report({
          message: `Call the component ${file.name}, as its file, or rename the file.`,
          location: ctx.location.key(),
        });
      },
      Paths(paths: Node, ctx: RuleContext) {
        const inline = Object.keys(paths).filter((path) => !paths[path]?.$ref);
        if (inline.length === Object.keys(paths).length) return;
        for (const path of inline) {
          ctx.report({ message: `Move ${path} to a file in paths/.`, location: ctx.location.child(path).key() });
        }
      },
      PathItem(_: Node, ctx: RuleContext) {
        if (ctx.location.pointer !== "#/") return;
        const path = String(ctx.key);
        const prefix = prefixes.find((start) => path.startsWith(start)) ?? "/";
        const name = pathFileName(path.slice(prefix.length));
        if (basename(ctx.location.source.absoluteRef) !== name) {
          ctx.report({ message: `Rename the file to ${name}, after the path.` });
        }
      },
    };
  },
};

/** The file of a path without its prefix: `_` for `/`, and no braces, which the URI reference to a file must not hold. */
function pathFileName(path: string): string {
  return `${path.replaceAll(/[{}]/g, "").replaceAll("/", "_")}.yaml`;
}

function lastSegment(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
