// Derives from the bundled contract all that the command line must not type a second time. Runs before every build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { byNoun } from "../src/program/order.ts";
import { tasks } from "../src/program/tasks.ts";
import { commands } from "./commands.ts";
import { contract } from "./contract.ts";
import { errorCodes, iamFacts, permissions, regions, serverJobFacts } from "./facts.ts";

const folder = join(import.meta.dirname, "..", "src", "generated");
const all = commands();
/** Where the documentation is published, if it is known: `SITE_URL=https://example.org/aps`, as its own build takes it. */
const site = process.env.SITE_URL ?? "";

await mkdir(join(folder, "commands"), { recursive: true });
await module("version", [
  `export const version = ${JSON.stringify(manifest.version)};`,
  `export const documentationUrl = ${JSON.stringify(site.replace(/\/*$/, site === "" ? "" : "/"))};`,
  `export const contractVersion = ${JSON.stringify(contract.info.version)};`,
]);
const overview = [...all.map(({ words, summary }) => ({ words: words.join(" "), summary })), ...tasks].sort(byNoun);
await module("overview", [
  "/** Words and summary of every command. */",
  `export const overview: readonly (readonly [words: string, summary: string])[] = ${JSON.stringify(
    overview.map(({ words, summary }) => [words, summary]),
    null,
    1,
  )};`,
]);
const nouns = [...new Set(all.map(({ words }) => words[0]))];
for (const noun of nouns) {
  const ofNoun = all.filter(({ words }) => words[0] === noun);
  await module(`commands/${noun}`, [
    'import type { Command } from "../../command.ts";',
    `export const commands: readonly Command[] = ${JSON.stringify(ofNoun, null, 1)};`,
  ]);
}
await module("commands", [
  'import type { Command } from "../command.ts";',
  ...nouns.map((noun, index) => `import { commands as group${index} } from "./commands/${noun}.ts";`),
  "/** Every command that calls one operation. */",
  `export const commands: readonly Command[] = [${nouns.map((_, index) => `...group${index}`)}];`,
]);
await module("commands-of", [
  'import type { Command } from "../command.ts";',
  "/** Loads the commands of one noun, and no others. */",
  "export const commandsOf: Readonly<Record<string, () => Promise<{ readonly commands: readonly Command[] }>>> = {",
  ...nouns.map((noun) => `  ${JSON.stringify(noun)}: () => import("./commands/${noun}.ts"),`),
  "};",
]);
await module("iam", iamFacts());
await module("regions", [`export const regions: readonly string[] = ${JSON.stringify(regions())};`]);
await module("permissions", [
  "/** What an operation needs to be allowed. */",
  "export interface Permission { readonly action: string; readonly accessLevel: string; readonly dependencies: readonly string[] }",
  `export const permissions: Readonly<Record<string, Permission>> = ${JSON.stringify(permissions(), null, 1)};`,
]);
await module("error-codes", [
  "/** A known error code: what it means and what to do. */",
  `export interface ErrorCode {
  readonly code: string;
  readonly status: number | "unknown";
  /** Who answers with it. */
  readonly origin: string;
  readonly meaning: string;
  /** What leads to it, as far as sources name more than the meaning says. */
  readonly causes?: string;
  readonly remedy: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Where the fact was found, and how sure it is. */
  readonly source: string;
  readonly confidence: string;
  readonly renewsToken?: boolean;
}`,
  `export const errorCodes: readonly ErrorCode[] = ${JSON.stringify(errorCodes(), null, 1)};`,
]);
await module("job", [
  `export const job = ${JSON.stringify(contract["x-aps-job"].image, null, 1)} as const;`,
  "/** The jobs of application servers. */",
  `export const serverJob = ${JSON.stringify(serverJobFacts(), null, 1)} as const;`,
]);

/** Leaves a file alone when nothing in it changed, so that later steps see no change either. */
async function module(name: string, lines: readonly string[]): Promise<void> {
  const path = join(folder, `${name}.ts`);
  const text = `${["// Made from the contract. Changes here are lost.", ...lines].join("\n")}\n`;
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(path, text);
}
