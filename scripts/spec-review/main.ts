// Reviews the contract against an earlier state. `npm run spec:review -- --base <ref>`; exit code 1 when it does not pass.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gravest } from "./change.ts";
import { type ContractTree, contractAt, contractHere } from "./checkout.ts";
import { coverageOf } from "./coverage.ts";
import { exceptionFor, readExceptions } from "./exceptions.ts";
import { affectedBy, methodName, operationsIn, pageOf } from "./operations.ts";
import { annotations, blindSpots, markdown, type Report, type ReportedChange } from "./report.ts";
import { changesBetween, verdictOn } from "./review.ts";
import { compareSurface } from "./surface.ts";
import { demandedBump, versionProblems } from "./versions.ts";

const run = promisify(execFile);

const { values } = parseArgs({
  options: {
    base: { type: "string" },
    root: { type: "string", default: join(import.meta.dirname, "..", "..") },
    format: { type: "string", default: "markdown" },
    output: { type: "string" },
  },
});
if (values.base === undefined) {
  console.error("Usage: npm run spec:review -- --base <git ref> [--format markdown|github|json] [--output <file>]");
  process.exit(2);
}
const writers: Readonly<Record<string, (report: Report) => string>> = {
  markdown,
  github: annotations,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
const write = writers[values.format];
if (write === undefined) {
  console.error(`--format must be markdown, github or json; given was "${values.format}".`);
  process.exit(2);
}

try {
  const report = await review(resolve(values.root), values.base);
  if (values.output === undefined) process.stdout.write(write(report));
  else await writeFile(values.output, write(report));
  process.exitCode = report.passed ? 0 : 1;
} catch (error) {
  console.error(`spec:review: ${(error as Error).message}`);
  process.exitCode = 2;
}

async function review(root: string, ref: string): Promise<Report> {
  await using base = await contractAt(root, ref);
  await using here = await contractHere(root);
  if ((await verdictOn(here, here)) !== "unchanged") {
    throw new Error("The contract compared with itself shows changes. The comparison cannot be trusted.");
  }
  const [lint, changes, surface, before, after] = await Promise.all([
    lintFindings(root),
    reported(root, base, here),
    compareSurface(base, here),
    coverageOf(root, base.bundle, ref),
    coverageOf(root, here.bundle, undefined),
  ]);
  const counted = changes.filter(({ exception }) => exception === undefined);
  const [oldVersion, newVersion] = [await versionOf(base), await versionOf(here)];
  const bump = demandedBump(gravest(changes), oldVersion);
  const problems = await versionProblems(root, oldVersion, newVersion, bump);
  const operations = [...new Set(changes.flatMap((change) => change.operations))];
  return {
    base: ref,
    // A breaking change passes when the version or a changeset announces it.
    passed: lint === "" && (problems.length === 0 || counted.length === 0),
    verdict: gravest(changes) ?? "unchanged",
    demandedBump: bump,
    changes,
    lint,
    versionProblems: problems,
    surface,
    coverage: { before, after },
    methods: operations.map(methodName),
    pages: operations.map(pageOf),
    blindSpots,
  };
}

async function reported(root: string, base: ContractTree, here: ContractTree): Promise<ReportedChange[]> {
  const exceptions = await readExceptions(join(root, "spec", "exceptions"));
  const operations = [...(await operationsIn(here.bundle)), ...(await operationsIn(base.bundle))];
  const today = new Date().toISOString().slice(0, 10);
  return (await changesBetween(base, here)).map((change) => ({
    ...change,
    source: change.source && { ...change.source, file: shownFile(root, base.root, change.source.file) },
    operations: [...new Set(affectedBy(change, operations))],
    exception: exceptionFor(change, exceptions, today),
  }));
}

/** A file as it is called in the repository, whichever of the two trees it was found in. */
function shownFile(root: string, baseRoot: string, file: string): string {
  return relative(file.startsWith(baseRoot) ? baseRoot : root, file);
}

async function lintFindings(root: string): Promise<string> {
  const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = { cwd: join(root, "spec"), env: environment };
  return run("redocly", ["lint", "aps", "iam", "--format", "stylish"], options).then(
    () => "",
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout || stderr,
  );
}

async function versionOf({ bundle }: ContractTree): Promise<string> {
  return JSON.parse(await readFile(bundle, "utf8")).info.version;
}
