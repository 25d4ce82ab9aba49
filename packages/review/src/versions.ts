import { publishedPackages } from "../../../scripts/release/published-packages.ts";
import type { Verdict } from "./change.ts";
import { asNode } from "./document.ts";
import { type ContractTree, service } from "./tree/contract-tree.ts";

/** Which part of the version a release counts up. */
export type Bump = "major" | "minor" | "patch" | "none";

const order: readonly Bump[] = ["none", "patch", "minor", "major"];

/** Packages that are released together with the contract. */
const released = publishedPackages();

/**
 * The bump that a verdict demands. Before 1.0.0 a minor version may break, as npm's ranges have it.
 *
 * @param version of the contract at the base.
 */
export function demandedBump(verdict: Verdict | undefined, version: string): Bump {
  if (verdict === undefined) return "none";
  if (version.startsWith("0.")) return verdict === "breaking" ? "minor" : "patch";
  return { breaking: "major", risky: "minor", safe: "patch" }[verdict] as Bump;
}

/** What is wrong with versions and changesets, one sentence each; empty when they announce what the verdict demands. */
export function versionProblems(
  base: ContractTree,
  here: ContractTree,
  verdict: Verdict | undefined,
): readonly string[] {
  const [before, after] = [versionOf(base), versionOf(here)];
  const demanded = demandedBump(verdict, before);
  const [pending, former] = [changesetsOf(here), changesetsOf(base)];
  const stepped = bumpBetween(before, after);
  const announced = largest(stepped, largestOf([...pending.values()]));
  return [
    ...disagreements(here, after),
    ...(order.indexOf(announced) < order.indexOf(demanded)
      ? [
          `These changes demand a ${demanded} version, and ${announced === "none" ? "nothing is announced" : `a ${announced} version is announced`}. ` +
            `Run npx changeset, choose ${demanded} for @workspace-aps/client, and say what changes for callers.`,
        ]
      : isSilent(verdict, stepped, pending, former)
        ? [
            "A changeset of an earlier change announces a version that is large enough, and the changelog would still say " +
              "nothing about this one. Run npx changeset, and say what changes for callers.",
          ]
        : []),
  ];
}

/** Callers read about what breaks or may break them. A changeset that the base has is about something else. */
function isSilent(verdict: Verdict | undefined, stepped: Bump, pending: Changesets, former: Changesets): boolean {
  if (verdict === undefined || verdict === "safe" || stepped !== "none") return false;
  return ![...pending].some(([text, bump]) => bump !== "none" && !former.has(text));
}

/** Everything that is released together has one version. */
function disagreements(tree: ContractTree, version: string): string[] {
  const manifests = released.map((name) => {
    const path = `packages/${name}/package.json`;
    return [path, String(JSON.parse(tree.text(path) ?? "{}").version)] as const;
  });
  const documents = [...tree.documents].map(([file, { info }]) => [file, String(asNode(info).version)] as const);
  return [...manifests, ...documents]
    .filter(([, found]) => found !== version)
    .map(
      ([file, found]) =>
        `${file} has version ${found}, spec/openapi.yaml ${version}. npm run release:version sets all.`,
    );
}

/** The bumps that changesets announce, by their text. */
type Changesets = ReadonlyMap<string, Bump>;

/** The changesets that wait for a release. */
function changesetsOf(tree: ContractTree): Changesets {
  const files = tree.list(".changeset").filter((name) => name.endsWith(".md") && name !== "README.md");
  const texts = files.map((name) => tree.text(`.changeset/${name}`) ?? "");
  return new Map(texts.map((text) => [text, bumpIn(text)]));
}

/** The largest bump of a package that is released. */
function bumpIn(text: string): Bump {
  const [, head = ""] = /^---\r?\n([\s\S]*?)\r?\n?---/.exec(text) ?? [];
  const bumps = [...head.matchAll(/^["']?@workspace-aps\/(\w+)["']?: *["']?(major|minor|patch)["']?\s*$/gm)];
  return largestOf(bumps.filter(([, name = ""]) => released.includes(name)).map(([, , bump]) => bump as Bump));
}

/** The version of a contract. */
export function versionOf(tree: ContractTree): string {
  return String(asNode(asNode(tree.documents.get(service)).info).version);
}

function bumpBetween(before: string, after: string): Bump {
  const [a, b] = [before, after].map((version) => version.split(".").map(Number)) as [number[], number[]];
  const index = a.findIndex((part, position) => part !== b[position]);
  return index < 0 ? "none" : ((["major", "minor", "patch"] as const)[index] ?? "patch");
}

function largestOf(bumps: readonly Bump[]): Bump {
  return bumps.reduce(largest, "none");
}

function largest(a: Bump, b: Bump): Bump {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
