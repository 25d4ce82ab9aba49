// Derives from the bundled contract all that the command line must not type a second time. Runs before every build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import type { CommandInfo } from "../src/command-info.ts";
import { catalogue } from "./catalogue.ts";
import { contract } from "./contract.ts";
import { errorCodes, iamFacts, permissions, regions, serverJobFacts } from "./facts.ts";
import { sharedLiteral } from "./shared-literal.ts";

const folder = join(import.meta.dirname, "..", "src", "generated");
const all = catalogue();
/** Where the documentation is published, if it is known: `SITE_URL=https://example.org/aps`, as its own build takes it. */
const site = process.env.SITE_URL ?? "";
const leastNode = /^>=([\d.]+)$/.exec(manifest.engines.node)?.[1];
if (leastNode === undefined)
  throw new Error(`package.json: engines.node must be >= one version, not ${manifest.engines.node}.`);

await mkdir(join(folder, "catalogue"), { recursive: true });
await module("version", [
  `export const version = ${JSON.stringify(manifest.version)};`,
  `export const documentationUrl = ${JSON.stringify(site.replace(/\/*$/, site === "" ? "" : "/"))};`,
  "/** The lowest version of Node.js that the program runs on. */",
  `export const leastNode = ${JSON.stringify(leastNode)};`,
  `export const contractVersion = ${JSON.stringify(contract.info.version)};`,
]);
await module("overview", [
  "/** Words and summary of every command. */",
  `export const overview: readonly (readonly [words: string, summary: string])[] = ${JSON.stringify(
    all.map(({ words, summary }) => [words, summary]),
    null,
    1,
  )};`,
]);
const nounOf = ({ words }: CommandInfo) => words.split(" ")[0] ?? "";
const nouns = [...new Set(all.map(nounOf))];
for (const noun of nouns) {
  const { before, value } = sharedLiteral(all.filter((info) => nounOf(info) === noun));
  await module(`catalogue/${noun}`, [
    'import type { CommandInfo } from "../../command-info.ts";',
    ...before,
    `export const catalogue: readonly CommandInfo[] = ${value};`,
  ]);
}
await module("catalogue", [
  'import type { CommandInfo } from "../command-info.ts";',
  ...nouns.map((noun, index) => `import { catalogue as noun${index} } from "./catalogue/${noun}.ts";`),
  "/** Every command, in the order of help. */",
  `export const catalogue: readonly CommandInfo[] = [${nouns.map((_, index) => `...noun${index}`)}];`,
]);
await module("catalogue-of-noun", [
  'import type { CommandInfo } from "../command-info.ts";',
  "/** Loads the commands of one noun, and no others. */",
  "export const catalogueOfNoun: Readonly<Record<string, () => Promise<{ readonly catalogue: readonly CommandInfo[] }>>> = {",
  ...nouns.map((noun) => `  ${JSON.stringify(noun)}: () => import("./catalogue/${noun}.ts"),`),
  "};",
]);
await module("commands", [
  'import type { Command } from "../command.ts";',
  'import { catalogue } from "./catalogue.ts";',
  "/** Every command that calls one operation. */",
  "export const commands: readonly Command[] = catalogue.flatMap(({ command }) => command ?? []);",
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
