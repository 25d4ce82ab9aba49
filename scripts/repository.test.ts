import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workingFiles } from "./working-files.ts";

const root = join(import.meta.dirname, "..");
const files = workingFiles();

/** Licences that allow what is done here. LGPL and MPL are of tools that are run, and not part of any package. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
  "PSF-2.0",
  "Python-2.0",
]);

/** Packages whose manifest names no licence; their licence file says MIT or Apache-2.0. */
const withLicenceFile = new Set([
  "compute-gcd",
  "compute-lcm",
  "validate.io-function",
  "validate.io-integer",
  "validate.io-integer-array",
  "validate.io-number",
]);

describe("the repository", () => {
  it("holds nothing that is built, generated or installed", () => {
    expect(
      files.filter((file) => /(^|\/)(dist|generated|node_modules|coverage|\.turbo|\.astro|\.vitest)\//.test(file)),
    ).toEqual([]);
  });

  it("holds no operation that was scaffolded and not described", async () => {
    const contract = files.filter((file) => /^spec\/.*\.yaml$/.test(file));
    const texts = await Promise.all(contract.map((file) => readFile(join(root, file), "utf8")));
    expect(contract.length).toBeGreaterThan(100);
    expect(contract.filter((_, index) => /still to be/i.test(texts[index] ?? ""))).toEqual([]);
  });

  it("names no download host in its lockfile", async () => {
    expect(await readFile(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved": "http');
  });

  it("locks the packages of every platform, so that it installs on all of them", async () => {
    const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
        .map((name) => `${name} of ${path || "the repository"}`),
    );
    expect(missing).toEqual([]);
  });

  it("depends on nothing under a licence that it does not know", async () => {
    const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { license?: string; link?: boolean }>;
    };
    const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
    const odd = installed.filter(([path, { license }]) => {
      if (license === undefined) return !withLicenceFile.has(path.split("node_modules/").at(-1) ?? "");
      return !license.split(/ AND | OR |[()]/).every((one) => one === "" || allowed.has(one));
    });
    expect(odd.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });
});
