import { join, relative } from "node:path";
import { runProgram } from "../../../scripts/programs.ts";
import { type Change, gravest, inOrder, type Source } from "./change.ts";
import { type ContractTree, commitAt, contractAt, contractHere } from "./checkout.ts";
import { compare } from "./compare.ts";
import { coverageOf } from "./coverage.ts";
import type { Documents } from "./document.ts";
import { type Exception, exceptionFor, idleExceptions, readExceptions } from "./exceptions.ts";
import { compareFacts } from "./facts/compare-facts.ts";
import { locate } from "./locate.ts";
import { methodName, operationsAt, operationsThatDiffer } from "./operations.ts";
import { pagesOf } from "./pages.ts";
import { blindSpots, type Report, type ReportedChange } from "./report.ts";
import { type Contract, changesBetween } from "./review.ts";
import { compareSurface, removedExports } from "./surface.ts";
import { demandedBump, versionOf, versionProblems } from "./versions.ts";

/**
 * Reviews the working tree of a repository against an earlier state of it.
 *
 * @param ref anything that git understands: a branch, a tag, a commit.
 * @throws Error when the reference is unknown, or a contract or an exception cannot be read.
 */
export async function reviewTree(root: string, ref: string): Promise<Report> {
  const commit = await commitAt(root, ref);
  const exceptions = await readExceptions(join(root, "spec", "exceptions"));
  await using base = await contractAt(root, commit);
  await using here = await contractHere(root);
  const [lint, aps, iam, surface, before, after] = await Promise.all([
    lintFindings(root),
    changesOf("aps", base, here),
    changesOf("iam", base, here),
    compareSurface(base, here),
    coverageOf(root, base.aps.bundle, commit),
    coverageOf(root, here.aps.bundle, undefined),
    assertSelfAgreement(here.aps),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const changes = inOrder([
    ...aps,
    ...iam,
    ...removedExports(surface).map((change) => ({ ...change, operations: [] })),
  ]);
  const reported = changes.map((change) => ({ ...change, exception: exceptionFor(change, exceptions, today) }));
  const counted = gravest(reported.map(({ verdict, exception }) => ({ verdict: exception ? "safe" : verdict })));
  const problems = await versionProblems(base, here, counted);
  return {
    base: ref,
    commit,
    passed: lint === "" && problems.length === 0,
    verdict: gravest(changes) ?? "unchanged",
    demandedBump: demandedBump(counted, versionOf(base)),
    changes: reported.map(({ exception, ...change }) => ({ ...change, ...shown(exception) })),
    lint,
    versionProblems: problems,
    idleExceptions: idleExceptions(exceptions, changes, today),
    surface,
    coverage: { before, after },
    methods: [...new Set([...aps.flatMap(called), ...iam.flatMap(({ operations }) => operations)])],
    pages: [...new Set(aps.flatMap((change) => pagesOf(change, change.operations)))],
    blindSpots,
  };
}

/** A comparison that finds changes where there are none cannot be trusted. */
async function assertSelfAgreement(contract: Contract): Promise<void> {
  const differences = await compare(contract.description, contract.description);
  if (differences.length + compareFacts(contract.bundle, contract.bundle).length > 0) {
    throw new Error("The contract compared with itself shows changes. The comparison cannot be trusted.");
  }
}

/** The changes of one document, with the places where they are written and the operations that they are about. */
async function changesOf(name: "aps" | "iam", base: ContractTree, here: ContractTree): Promise<ReportedChange[]> {
  const [was, is] = [base[name], here[name]];
  const changes = await changesBetween(was, is);
  return Promise.all(
    changes.map(async (change) => ({
      ...change,
      pointer: name === "aps" ? change.pointer : `iam.yaml${change.pointer}`,
      source: await placeOf(change, base, here, is.description),
      operations: about(change, { before: was.bundle, after: is.bundle }),
    })),
  );
}

/** A change of the whole document is about the operations that differ. */
function about({ pointer }: Change, documents: Documents): string[] {
  if (pointer === "#") return operationsThatDiffer(documents);
  return [...new Set([documents.after, documents.before].flatMap((document) => operationsAt(document, pointer)))];
}

async function placeOf(change: Change, base: ContractTree, here: ContractTree, description: string): Promise<Source> {
  // A name of a schema is the name of its file; the document itself does not list them.
  const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(change.pointer) ?? [];
  if (name !== undefined) return { file: `spec/components/schemas/${name}.yaml`, line: 1 };
  const { file, line } = change.source ?? (await locate(description, change.pointer));
  const root = file.startsWith(base.root) ? base.root : here.root;
  return { file: relative(root, file).replaceAll("\\", "/"), line };
}

/** What a caller of the client calls: methods, and the tasks that follow jobs. */
function called({ pointer, operations }: ReportedChange): string[] {
  const tasks = pointer.startsWith("#/x-aps-job") ? ["createImage", "waitForImageJob"] : [];
  return [...tasks, ...operations.map((operationId) => `client.${methodName(operationId)}`)];
}

function shown(exception: Exception | undefined): Pick<ReportedChange, "exception"> {
  return exception === undefined ? {} : { exception: { reason: exception.reason, until: exception.until } };
}

async function lintFindings(root: string): Promise<string> {
  return runProgram("redocly", ["lint", "aps", "iam", "--format", "stylish"], join(root, "spec")).then(
    () => "",
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout || stderr,
  );
}
