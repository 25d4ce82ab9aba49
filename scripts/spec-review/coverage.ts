import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { methodName, operationsIn } from "./operations.ts";

const run = promisify(execFile);

/** How many operations have what a reader and a maintainer need. */
export interface Coverage {
  readonly operations: number;
  /** Operations with an example of a success. */
  readonly withExample: number;
  /** Operations that a test names, by id or by method. */
  readonly withTest: number;
}

/**
 * Counts what covers the operations of a bundle.
 *
 * @param ref the state whose tests are searched; undefined for the working tree.
 */
export async function coverageOf(repository: string, bundle: string, ref: string | undefined): Promise<Coverage> {
  const operations = await operationsIn(bundle);
  const document = JSON.parse(await readFile(bundle, "utf8"));
  const tests = await testsAt(repository, ref);
  const named = (text: string) => (id: string) => text.includes(id) || text.includes(`.${methodName(id)}(`);
  const isTested = named(tests);
  return {
    operations: operations.length,
    withExample: operations.filter(({ path, method }) => hasExample(document.paths[path][method])).length,
    withTest: operations.filter(({ operationId }) => isTested(operationId)).length,
  };
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

interface Content {
  readonly example?: unknown;
  readonly examples?: unknown;
}

/** A success without a body needs no example. */
function hasExample({ responses }: Operation): boolean {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  const contents = Object.values(success?.content ?? {});
  return contents.every(({ example, examples }) => example !== undefined || examples !== undefined);
}

/** The text of every test, as one. */
async function testsAt(repository: string, ref: string | undefined): Promise<string> {
  const words = "[A-Za-z]+(Image|Server)[A-Za-z]*";
  const where = ref === undefined ? ["--untracked", "-e", words] : ["-e", words, ref];
  const args = ["grep", "-h", "-I", "-E", ...where, "--", "*.test.ts"];
  const found = await run("git", args, { cwd: repository, maxBuffer: 64 << 20 }).catch(() => ({ stdout: "" }));
  return found.stdout;
}
