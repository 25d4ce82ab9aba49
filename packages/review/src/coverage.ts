import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { asNode, childOf, type Node } from "./document.ts";
import { methodName, operationsOf } from "./operations.ts";

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
export async function coverageOf(repository: string, bundle: Node, ref: string | undefined): Promise<Coverage> {
  const operations = operationsOf(bundle);
  const ids = operations.map(({ operationId }) => operationId);
  const named = await wordsOfTests(repository, ref, [...ids, ...ids.map(methodName)]);
  return {
    operations: ids.length,
    withExample: operations.filter(({ node }) => hasExample(node)).length,
    withTest: ids.filter((id) => named.has(id) || named.has(methodName(id))).length,
  };
}

/** A success without a body needs no example. */
function hasExample({ responses }: Node): boolean {
  const [, success] = Object.entries(asNode(responses)).find(([status]) => status.startsWith("2")) ?? [];
  const contents = Object.values(asNode(childOf(success, "content"))).map(asNode);
  return contents.every(({ example, examples }) => example !== undefined || examples !== undefined);
}

/** Which of some words stand in a test. */
async function wordsOfTests(
  repository: string,
  ref: string | undefined,
  words: readonly string[],
): Promise<Set<string>> {
  const patterns = words.flatMap((word) => ["-e", word]);
  const state = ref === undefined ? [] : [ref];
  const options = ["-h", "-I", "-o", "-w", "-F", ...(ref === undefined ? ["--untracked"] : [])];
  const args = [
    "grep",
    ...options,
    ...patterns,
    ...state,
    "--",
    ":(glob)packages/**/*.test.ts",
    ":(glob)spec/**/*.test.ts",
  ];
  // git grep ends with 1 when it finds nothing.
  const found = await run("git", args, { cwd: repository, maxBuffer: 64 << 20 }).catch(() => ({ stdout: "" }));
  return new Set(found.stdout.split("\n"));
}
