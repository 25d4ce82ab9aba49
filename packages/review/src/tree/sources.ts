import { dirname, join, posix } from "node:path";
import { type Document, isMap, isScalar, isSeq, isNode as isYamlNode, LineCounter, parseDocument } from "yaml";
import { isNode, type Node, stepsOf } from "../document.ts";

/** Reads a file of the contract, by its path from the root of the repository with slashes. */
export type ReadText = (file: string) => string;

interface Page {
  readonly value: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Pages by the folder that they are in and their text. */
export type SharedPages = Map<string, Page>;

/** Where in components a folder of the contract stands. */
const kinds = new Set(
  "schemas parameters headers responses examples requestBodies securitySchemes links callbacks".split(" "),
);

/**
 * The files of a contract, each read once. Files with the same text are shared between two contracts, so that only what
 * changed is read and compared.
 */
export class Sources {
  readonly #read: ReadText;
  readonly #texts: SharedPages;
  readonly #pages = new Map<string, Page>();

  /** @param shared pages by their text; give the same map to the contracts that are compared. */
  constructor(read: ReadText, shared: SharedPages = new Map()) {
    this.#read = read;
    this.#texts = shared;
  }

  page(file: string): Page {
    const known = this.#pages.get(file);
    if (known !== undefined) return known;
    const text = this.#read(file);
    // A relative reference means another file in another folder.
    const key = `${dirname(file)}\n${text}`;
    const page = this.#texts.get(key) ?? parsed(file, text);
    this.#texts.set(key, page);
    this.#pages.set(file, page);
    return page;
  }
}

function parsed(file: string, text: string): Page {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  return { value: document.toJS({ maxAliasCount: -1 }), document, lines };
}

/**
 * Puts a description together: what is in a folder of components becomes a component under the name of its file, and
 * everything else stands where it is referred to.
 *
 * @throws Error that names the file that is missing or malformed.
 */
export function bundled(sources: Sources, root: string): Node {
  const components: Record<string, Record<string, unknown>> = {};
  const names = new Map<string, string>();
  const inline = (value: unknown, file: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => inline(item, file));
    if (!isNode(value)) return value;
    const { $ref } = value;
    if (typeof $ref !== "string" || ($ref.startsWith("#") && file === root)) {
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inline(child, file)]));
    }
    const { $ref: _, ...beside } = value;
    const target = led($ref, file);
    return typeof target === "object" && target !== null && Object.keys(beside).length > 0
      ? { ...(target as Node), ...(inline(beside, file) as Node) }
      : target;
  };
  const led = (reference: string, from: string): unknown => {
    const [path = "", pointer = ""] = reference.split("#");
    const file = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), path));
    const kind = posix.basename(posix.dirname(file));
    if (pointer !== "" || !kinds.has(kind)) return inline(at(sources.page(file).value, pointer, reference), file);
    const name = nameOf(file, kind);
    return { $ref: `#/components/${kind}/${name}` };
  };
  const nameOf = (file: string, kind: string): string => {
    const known = names.get(file);
    if (known !== undefined) return known;
    const own = posix.basename(file).replace(/\.\w+$/, "");
    components[kind] ??= {};
    const list = components[kind];
    let name = own;
    for (let count = 2; name in list; count += 1) name = `${own}-${count}`;
    names.set(file, name);
    // The name is taken before what it stands for is read, which may refer back to it.
    list[name] = {};
    list[name] = inline(sources.page(file).value, file);
    return name;
  };
  const document = inline(sources.page(root).value, root) as Node;
  const own = isNode(document.components) ? document.components : {};
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(components)])].map((kind) => [
      kind,
      { ...(components[kind] ?? {}), ...resolvedOwn(own[kind], components) },
    ]),
  );
  return { ...document, components: merged };
}

/** A component of the root that is nothing but a reference to another component is that one. */
function resolvedOwn(own: unknown, components: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Node {
  if (!isNode(own)) return {};
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const [, kind = "", target = ""] = /^#\/components\/(\w+)\/(.+)$/.exec(String((value as Node)?.$ref)) ?? [];
      return [name, components[kind]?.[target] ?? value];
    }),
  );
}

function at(value: unknown, pointer: string, reference: string): unknown {
  const found = stepsOf(pointer).reduce<unknown>((node, step) => (node as Node | undefined)?.[step], value);
  if (found === undefined) throw new Error(`Nothing is at ${reference}.`);
  return found;
}

/** A line of a file. */
export interface Line {
  readonly file: string;
  readonly line: number;
}

/**
 * Where a description that is split into files says what a pointer leads to: the place itself, or the last one on the way
 * to it that is there.
 *
 * @param pointer a JSON pointer that goes through references to other files as if they were not there.
 */
export function locate(sources: Sources, root: string, pointer: string): Line {
  let [file, node]: [string, unknown] = [root, sources.page(root).document.contents];
  let found: Line = { file, line: 1 };
  const enter = () => {
    for (let target = referenceOf(node); target !== undefined; target = referenceOf(node)) {
      file = posix.normalize(posix.join(posix.dirname(file), target));
      node = sources.page(file).document.contents;
      found = { file, line: 1 };
    }
  };
  for (const step of stepsOf(pointer)) {
    enter();
    const next = childAt(node, step) ?? inPart(sources, file, node, step);
    if (next === undefined) return found;
    file = next.file ?? file;
    node = next.value;
    const offset = next.offset;
    if (offset !== undefined) found = { file, line: sources.page(file).lines.linePos(offset).line };
  }
  enter();
  return found;
}

interface Step {
  readonly value: unknown;
  readonly offset: number | undefined;
  readonly file?: string;
}

function childAt(node: unknown, step: string): Step | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === step);
    if (pair === undefined) return undefined;
    const key = isYamlNode(pair.key) ? pair.key.range?.[0] : undefined;
    return { value: pair.value, offset: key };
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(step)];
  return isYamlNode(item) ? { value: item, offset: item.range?.[0] } : undefined;
}

/** Parts of a schema say what the whole says. */
function inPart(sources: Sources, file: string, node: unknown, step: string): Step | undefined {
  const parts = isMap(node) ? node.get("allOf") : undefined;
  if (!isSeq(parts)) return undefined;
  for (const part of parts.items) {
    const target = referenceOf(part);
    const path = target === undefined ? file : posix.normalize(posix.join(posix.dirname(file), target));
    const found = childAt(target === undefined ? part : sources.page(path).document.contents, step);
    if (found !== undefined) return { ...found, file: path };
  }
  return undefined;
}

function referenceOf(node: unknown): string | undefined {
  const target = isMap(node) ? node.get("$ref") : undefined;
  return typeof target === "string" && !target.startsWith("#") ? target.split("#")[0] : undefined;
}

/** The path of a file as the file system has it. */
export function inFolder(root: string, file: string): string {
  return join(root, ...file.split("/"));
}
