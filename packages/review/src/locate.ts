import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml";
import type { Source } from "./change.ts";
import { stepsOf } from "./document.ts";

interface Page {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Where a description that is split into files says what a pointer leads to: the place itself, or the last one on the
 * way to it that is there.
 *
 * @param description path of its root file.
 * @param pointer a JSON pointer that goes through references to other files as if they were not there.
 */
export async function locate(description: string, pointer: string): Promise<Source> {
  let page = await open(description);
  let node: unknown = page.document.contents;
  let found: Source = { file: page.file, line: 1 };
  for (const step of [...stepsOf(pointer), undefined]) {
    for (let target = referenceOf(node); target !== undefined; target = referenceOf(node)) {
      page = await open(join(dirname(page.file), target));
      node = page.document.contents;
      found = { file: page.file, line: 1 };
    }
    if (step === undefined) break;
    node = childOf(node, step);
    if (!isNode(node)) break;
    found = { file: page.file, line: page.lines.linePos(keyOrValue(page, node)).line };
  }
  return found;
}

async function open(file: string): Promise<Page> {
  const lines = new LineCounter();
  return { file, document: parseDocument(await readFile(file, "utf8"), { lineCounter: lines }), lines };
}

function referenceOf(node: unknown): string | undefined {
  const target = isMap(node) ? node.get("$ref") : undefined;
  return typeof target === "string" && !target.startsWith("#") ? target : undefined;
}

function childOf(node: unknown, step: string): unknown {
  return isNode(node) && "get" in node && typeof node.get === "function" ? node.get(step, true) : undefined;
}

function keyOrValue(page: Page, node: { range?: readonly number[] | null }): number {
  return node.range?.[0] ?? page.document.range?.[0] ?? 0;
}
