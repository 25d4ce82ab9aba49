import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { typesOf } from "../../packages/client/generate/types.ts";
import type { ContractTree } from "./checkout.ts";

/** What callers of the client see in TypeScript that differs: names of exports, schemas and operations. */
export interface SurfaceChange {
  readonly name: string;
  readonly kind: "added" | "removed" | "changed";
}

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

async function surfaceOf({ root, bundle }: ContractTree): Promise<Map<string, string>> {
  const index = await readFile(join(root, "packages", "client", "src", "index.ts"), "utf8").catch(() => "");
  const types = await typesOf(JSON.parse(await readFile(bundle, "utf8")));
  return new Map([...exportsOf(index), ...membersOf(types, "schemas", 8), ...membersOf(types, "operations", 4)]);
}

/** The names that an index file exports. */
function exportsOf(source: string): [string, string][] {
  const lists = [...source.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists
    .map((entry) => entry.trim().replace(/^type /, ""))
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
