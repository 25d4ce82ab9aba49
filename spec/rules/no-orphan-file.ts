import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";

/**
 * Every file is referred to, but for a folder's README.
 *
 * Options: `folders`, those to look through, relative to the root document. `except`, files that another root refers to.
 */
export const noOrphanFile: HouseRule = {
  id: "no-orphan-file",
  reason: "A file that nothing refers to looks like contract but has no effect.",
  create: (options: Options) => {
    const folders = (options.folders ?? []) as string[];
    const except = new Set((options.except ?? []) as string[]);
    const used = new Set<string>();
    return {
      ref(_: Node, __: RuleContext, target: { location?: { source: { absoluteRef: string } } }) {
        if (target.location) used.add(target.location.source.absoluteRef);
      },
      Root: {
        leave(_: Node, ctx: RuleContext) {
          const base = dirname(ctx.location.source.absoluteRef);
          for (const file of folders.flatMap((folder) => filesIn(join(base, folder)))) {
            if (used.has(file) || except.has(relative(base, file))) continue;
            ctx.report({ message: `Nothing refers to ${relative(base, file)}. Use it or delete it.` });
          }
        },
      },
    };
  },
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README.md")
    .map((entry) => join(entry.parentPath, entry.name));
}
