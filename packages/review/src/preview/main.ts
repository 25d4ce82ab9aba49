// Shows the pages of the documentation that a change alters, before and after, side by side in one file.
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { changedPages } from "./changed-pages.ts";
import { preview } from "./preview.ts";

const usage = "Usage: npm run spec:preview -- --before <built site> --after <built site> --output <file.html>";

try {
  const { values } = parseArgs({
    options: { before: { type: "string" }, after: { type: "string" }, output: { type: "string" } },
  });
  const { before, after, output } = values;
  if (before === undefined || after === undefined || output === undefined) throw new Error(usage);
  // npm runs scripts in the root of the repository; a path is meant from where the command was typed.
  const { INIT_CWD = "." } = process.env;
  const at = (path: string) => resolve(INIT_CWD, path);
  const pages = changedPages(at(before), at(after));
  await writeFile(at(output), preview(pages));
  console.log(`${pages.length} pages differ. They are in ${output}.`);
} catch (error) {
  console.error(`spec:preview: ${(error as Error).message}`);
  process.exitCode = 2;
}
