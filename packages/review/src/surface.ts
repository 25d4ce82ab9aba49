import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contract } from "../../client/generate/contract.ts";
import { typesOf } from "../../client/generate/types.ts";
import type { Change } from "./change.ts";
import type { ContractTree } from "./checkout.ts";

/** What callers of the client see in TypeScript that differs: names of exports, schemas and operations. */
export interface SurfaceChange {
  readonly name: string;
  readonly kind: "added" | "removed" | "changed";
}

const index = "packages/client/src/index.ts";

/** Compares the exports of the client, and the types that are made from the contract. */
export async function compareSurface(base: ContractTree, here: ContractTree): Promise<SurfaceChange[]> {
  const [before, after] = await Promise.all([surfaceOf(base), surfaceOf(here)]);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name): SurfaceChange[] => {
    if (!before.has(name)) return [{ name, kind: "added" }];
    if (!after.has(name)) return [{ name, kind: "removed" }];
    return before.get(name) === after.get(name) ? [] : [{ name, kind: "changed" }];
  });
}

/** Code that imports a name stops compiling when the client exports it no longer. */
export function removedExports(surface: readonly SurfaceChange[]): Change[] {
  return surface
    .filter(({ name, kind }) => kind === "removed" && /^\w+$/.test(name))
    .map(({ name }) => ({
      verdict: "breaking",
      rule: "export-removed",
      says: `The client no longer exports \`${name}\`.`,
      pointer: `${index}#/${name}`,
      source: { file: index, line: 1 },
    }));
}

async function surfaceOf({ root, aps }: ContractTree): Promise<Map<string, string>> {
  const source = await readFile(join(root, index), "utf8").catch(() => "");
  const types = await typesOf(structuredClone(aps.bundle) as unknown as Contract);
  return new Map([...exportsOf(source), ...membersOf(types, "schemas", 8), ...membersOf(types, "operations", 4)]);
}

/** The names that an index file exports. */
function exportsOf(source: string): [string, string][] {
  const lists = [...source.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists
    .map((entry) =>
      entry
        .trim()
        .replace(/^type /, "")
        .replace(/^.* as /, ""),
    )
    .filter((name) => name !== "")
    .map((name) => [name, "exported"]);
}

/** The members of a block of generated types, without their comments. */
function membersOf(types: string, block: string, indent: number): [string, string][] {
  const start = types.search(new RegExp(`^ *(export interface )?${block}(:)? \\{$`, "m"));
  if (start < 0) return [];
  const end = types.indexOf(`\n${" ".repeat(indent - 4)}}`, start);
  const text = types.slice(start, end).replace(/\/\*\*[\s\S]*?\*\/\s*/g, "");
  const member = new RegExp(`^ {${indent}}"?([\\w-]+)"?: `, "gm");
  const starts = [...text.matchAll(member)].map((match) => ({ name: match[1] ?? "", index: match.index }));
  return starts.map(({ name, index }, position) => [
    `${block === "schemas" ? `components["schemas"]` : block}["${name}"]`,
    text.slice(index, starts[position + 1]?.index).trim(),
  ]);
}
