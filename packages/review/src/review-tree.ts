import { join } from "node:path";
import { parse } from "yaml";
import { runProgram } from "../../../scripts/programs.ts";
import { type Change, gravest, inOrder, type Source } from "./change.ts";
import { changesBetween } from "./compare/contract.ts";
import { coverageOf } from "./coverage.ts";
import { asNode, type Documents, type Node } from "./document.ts";
import { type Exception, exceptionFor, idleExceptions, readExceptions } from "./exceptions.ts";
import { methodName, operationsAt, operationsThatDiffer } from "./operations.ts";
import { pagesOf } from "./pages.ts";
import { blindSpots, type Report, type ReportedChange } from "./report.ts";
import { compareSurface, removedExports } from "./surface.ts";
import { type ContractTree, commitAt, contractsOf, service } from "./tree/contract-tree.ts";
import { locate } from "./tree/sources.ts";
import { demandedBump, versionOf, versionProblems } from "./versions.ts";

/** What is to be reviewed. */
export interface ReviewOptions {
  /** Folder of the repository whose working tree is reviewed. */
  readonly root: string;
  /** What it is compared with: anything that git understands, a branch, a tag, a commit. */
  readonly ref: string;
  /** Whether the linter has its say too. Default: true. */
  readonly lints?: boolean | undefined;
}

/**
 * Reviews the working tree of a repository against an earlier state of it.
 *
 * @throws Error when the reference is unknown, or a contract or an exception cannot be read.
 */
export async function reviewTree({ root, ref, lints = true }: ReviewOptions): Promise<Report> {
  const commit = await commitAt(root, ref);
  const exceptions = await readExceptions(join(root, "spec", "exceptions"));
  const { base, here, isSame } = await contractsOf(root, commit);
  // The linter takes longer than all the rest, and needs nothing of it.
  const linted = isSame || !lints ? "" : lintFindings(root, here, base);
  const surface = compareSurface(base, here);
  const files = [...new Set([...here.documents.keys(), ...base.documents.keys()])];
  const found = files.flatMap((file) => changesOf(file, base, here));
  const [before, after] = await Promise.all([
    coverageOf(root, documentOf(base, service), commit),
    coverageOf(root, documentOf(here, service), undefined),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const changes = inOrder([
    ...found,
    ...removedExports(surface).map((change) => ({ ...change, operations: [], pages: [] })),
  ]);
  const reported = changes.map((change) => ({ ...change, exception: exceptionFor(change, exceptions, today) }));
  const counted = gravest(reported.map(({ verdict, exception }) => ({ verdict: exception ? "safe" : verdict })));
  const problems = versionProblems(base, here, counted);
  const lint = await linted;
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
    methods: [...new Set(found.flatMap(called))],
    pages: [...new Set(found.flatMap(({ pages }) => pages))],
    blindSpots,
  };
}

/** The changes of one document, with the places where they are written and the operations that they are about. */
function changesOf(file: string, base: ContractTree, here: ContractTree): ReportedChange[] {
  const documents = { before: documentOf(base, file), after: documentOf(here, file) };
  const name = file.replace("spec/", "");
  const isService = file === service;
  if (!here.documents.has(file))
    return [wholeDocument(file, "breaking", "document-removed", `The document \`${name}\` was removed.`)];
  if (!base.documents.has(file))
    return [wholeDocument(file, "safe", "document-added", `The document \`${name}\` is new.`)];
  return changesBetween(documents.before, documents.after).map((change) => {
    const operations = about(change, documents);
    return {
      ...change,
      pointer: isService ? change.pointer : `${name}${change.pointer}`,
      source: placeOf(change, file, base, here),
      operations,
      pages: isService ? pagesOf(change, operations) : [],
    };
  });
}

function wholeDocument(file: string, verdict: Change["verdict"], rule: string, says: string): ReportedChange {
  return { verdict, rule, says, pointer: `${file}#`, source: { file, line: 1 }, operations: [], pages: [] };
}

function documentOf(tree: ContractTree, file: string): Node {
  return asNode(tree.documents.get(file));
}

/** A change of the whole document is about the operations that differ. */
function about({ pointer, alsoAt = [] }: Change, documents: Documents): string[] {
  if (pointer === "#") return operationsThatDiffer(documents);
  const places = [pointer, ...alsoAt];
  return [
    ...new Set(
      places.flatMap((place) =>
        [documents.after, documents.before].flatMap((document) => operationsAt(document, place)),
      ),
    ),
  ];
}

/** What went away is found where it was. */
function placeOf(change: Change, file: string, base: ContractTree, here: ContractTree): Source {
  // A name of a schema is the name of its file; the document itself does not list them.
  const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(change.pointer) ?? [];
  if (name !== undefined) {
    const folder = file === service ? "components" : file.replace(/^spec\/|\.yaml$/g, "");
    return { file: `spec/${folder}/schemas/${name}.yaml`, line: 1 };
  }
  const tree = /-(removed|withdrawn)$/.test(change.rule) ? base : here;
  return locate(tree.sources, file, change.pointer);
}

/** What a caller of the client calls: methods, and the tasks that follow jobs. */
function called({ pointer, operations }: ReportedChange): string[] {
  const tasks = pointer.startsWith("#/x-aps-job") ? ["createImage", "waitForImageJob"] : [];
  const isService = pointer.startsWith("#");
  return [...tasks, ...operations.map((id) => (isService ? `client.${methodName(id)}` : id))];
}

function shown(exception: Exception | undefined): Pick<ReportedChange, "exception"> {
  return exception === undefined ? {} : { exception: { reason: exception.reason, until: exception.until } };
}

/** What the linter says of the documents that changed, under the names that its settings give them. */
async function lintFindings(root: string, { documents, text }: ContractTree, base: ContractTree): Promise<string> {
  const differs = (file: string) =>
    documents.has(file) && JSON.stringify(documents.get(file)) !== JSON.stringify(base.documents.get(file));
  const { apis } = parse(text("spec/redocly.yaml") ?? "{}") as { apis?: Record<string, { root: string }> };
  const names = Object.entries(apis ?? {}).flatMap(([name, api]) => (differs(`spec/${api.root}`) ? [name] : []));
  // Settings of the linter, and its own rules, change nothing in a document.
  if (names.length === 0) return "";
  return runProgram("redocly", ["lint", ...names, "--format", "stylish"], join(root, "spec")).then(
    () => "",
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout || stderr,
  );
}
