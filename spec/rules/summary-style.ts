import type { HouseRule, Node, Options, RuleContext } from "./house-rule.ts";

const LONGEST = 60;

/**
 * The summary of an operation is a short heading: sentence case, no full stop.
 *
 * Option `names`: words that keep their capitals.
 */
export const summaryStyle: HouseRule = {
  id: "summary-style",
  reason: "Summaries are headings and menu entries, so they have to look alike.",
  create: (options: Options) => {
    const names = new Set((options.names ?? []) as string[]);
    return {
      Operation(operation: Node, ctx: RuleContext) {
        const summary = operation.summary;
        if (typeof summary !== "string") {
          ctx.report({ message: "Add a summary.", location: ctx.location.key() });
          return;
        }
        const location = ctx.location.child("summary");
        if (/[^\p{L}\p{N})\s]\s*$/u.test(summary)) {
          ctx.report({ message: "Remove the full stop from the end of the summary.", location });
        }
        if (/^\s|\s$|[^\S ]|\s{2}/.test(summary)) {
          ctx.report({ message: "Write the summary on one line, without blanks at its ends.", location });
        }
        if (summary.length > LONGEST) {
          ctx.report({ message: `Shorten the summary to ${LONGEST} characters; the description has room.`, location });
        }
        const [first = "", ...rest] = summary.trim().split(/\s+/);
        if (!/^[A-Z]/.test(first)) ctx.report({ message: "Start the summary with a capital letter.", location });
        for (const word of rest) {
          if (/[A-Z]/.test(word) && !names.has(word)) {
            ctx.report({ message: `Write "${word}" in lower case, or add it to the option names.`, location });
          }
        }
      },
    };
  },
};
