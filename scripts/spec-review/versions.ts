import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Verdict } from "./change.ts";

export type Bump = "major" | "minor" | "patch" | "none";

const order: readonly Bump[] = ["none", "patch", "minor", "major"];

/** Packages that are released together with the contract. */
const released = ["client", "emulator", "cli"];

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

/** What is wrong with versions and changesets, one sentence each; empty when they match the demanded bump. */
export async function versionProblems(
  root: string,
  before: string,
  after: string,
  demanded: Bump,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const name of released) {
    const { version } = JSON.parse(await readFile(join(root, "packages", name, "package.json"), "utf8"));
    if (version !== after) problems.push(`packages/${name} has version ${version}, the contract ${after}.`);
  }
  const announced = largest(bumpBetween(before, after), await announcedBump(root));
  if (order.indexOf(announced) < order.indexOf(demanded)) {
    problems.push(
      `These changes demand a ${demanded} version. Add a changeset that says ${demanded} (npx changeset); announced is: ${announced}.`,
    );
  }
  return problems;
}

/** The largest bump of the changesets that wait for a release. */
async function announcedBump(root: string): Promise<Bump> {
  const folder = join(root, ".changeset");
  const files = (await readdir(folder).catch(() => [])).filter((name) => /\.md$/.test(name) && name !== "README.md");
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const bumps = texts.flatMap((text) => [...text.matchAll(/^"@workspace-aps\/\w+": (major|minor|patch)$/gm)]);
  return bumps.map((match) => match[1] as Bump).reduce(largest, "none");
}

function bumpBetween(before: string, after: string): Bump {
  const [a, b] = [before, after].map((version) => version.split(".").map(Number)) as [number[], number[]];
  const index = a.findIndex((part, position) => part !== b[position]);
  return index < 0 ? "none" : ((["major", "minor", "patch"] as const)[index] ?? "patch");
}

function largest(a: Bump, b: Bump): Bump {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
