// Reviews the contract against an earlier state. `npm run spec:review -- --base <ref>`; exit code 1 when it does not pass.
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { annotations } from "./annotations.ts";
import { html } from "./html.ts";
import { markdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { reviewTree } from "./review-tree.ts";

const usage = `Usage: npm run spec:review -- --base <git ref> [--format markdown|github|json|html] [--output <file>] [--html <file>]

Prints the review in a format. With --output it is written to a file as Markdown as well, with --html as one page that
opens offline.
Exit code: 0 passed, 1 not passed, 2 wrong usage or the review could not be made.`;

const writers: Readonly<Record<string, (report: Report) => string>> = {
  markdown,
  github: annotations,
  html,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

try {
  const { base, root, format, output, html: page } = options();
  const write = writers[format];
  if (write === undefined) throw new Error(`--format must be markdown, github, json or html; given was "${format}".`);
  if (base === undefined) throw new Error(`--base is missing.\n\n${usage}`);
  const report = await reviewTree({ root: resolve(root), ref: base });
  // npm runs scripts in the root of the repository; a path is meant from where the command was typed.
  const { INIT_CWD = "." } = process.env;
  if (output !== undefined) await writeFile(resolve(INIT_CWD, output), markdown(report));
  if (page !== undefined) await writeFile(resolve(INIT_CWD, page), html(report));
  process.stdout.write(write(report));
  process.exitCode = report.passed ? 0 : 1;
} catch (error) {
  console.error(`spec:review: ${(error as Error).message}`);
  process.exitCode = 2;
}

function options() {
  const root = join(import.meta.dirname, "..", "..", "..");
  const { values } = parseArgs({
    options: {
      base: { type: "string" },
      root: { type: "string", default: root },
      format: { type: "string", default: "markdown" },
      output: { type: "string" },
      html: { type: "string" },
    },
  });
  return values;
}
