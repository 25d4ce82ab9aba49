import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validate } from "@readme/openapi-parser";
import spectral, { type RulesetDefinition } from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { generateSource } from "oazapfts";
import { RE2JS } from "re2js";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { at, operationsOf } from "../build/document.ts";
import { type EdgeCase, nameOf } from "../build/edge-cases.ts";
import { documents, read } from "./bundle.ts";

const ROOT = join(import.meta.dirname, "../..");
const ERROR = 0;

describe.each(Object.entries(documents))("%s is accepted by", (_, bundle) => {
  test("a second linter, Spectral with its ruleset for OpenAPI", async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [[rulesets.oas as RulesetDefinition, "recommended"]] });
    const findings = await linter.run(structuredClone(bundle));
    expect(findings.filter(({ severity }) => severity === ERROR)).toEqual([]);
    // The only thing it would like is somebody to write to.
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(["info-contact"]);
  });

  test("a second parser and validator, that of ReadMe", async () => {
    expect(await validate(structuredClone(bundle))).toMatchObject({ valid: true, warnings: [] });
  });
});

test.each(["openapi", "iam", "ims"])("%s says the same as YAML and as JSON", (name) => {
  const yaml = readFileSync(join(import.meta.dirname, `../dist/${name}.yaml`), "utf8");
  expect(parse(yaml)).toEqual(read(`${name}.json`));
});

describe("a second generator of types, oazapfts,", () => {
  const folder = mkdtempSync(join(tmpdir(), "aps-portability-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("makes a client that compiles and that refuses what the contract refuses", async () => {
    for (const name of ["openapi", "iam", "ims"]) {
      writeFileSync(
        join(folder, `${name}.ts`),
        await generateSource(join(import.meta.dirname, `../dist/${name}.json`)),
      );
    }
    writeFileSync(join(folder, "probe.ts"), PROBE);
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2023", "--module", "nodenext"];
    const output = await run(
      join(ROOT, "node_modules/.bin/tsc"),
      [...options, "--lib", "es2023,dom", "probe.ts"],
      folder,
    );
    expect(output).toBe("");
  });

  test("has a function for each operation", async () => {
    const source = await generateSource(join(import.meta.dirname, "../dist/openapi.json"));
    for (const { operation } of operationsOf(documents.aps)) {
      const id: string = operation.operationId;
      expect(source).toContain(`export function ${id.charAt(0).toLowerCase()}${id.slice(1)}(`);
    }
  });
});

/** What a user of the generated types would write, right and wrong. */
const PROBE = `
import type { BatchDeleteImageServerRequest, CreateImageServerRequest, RecreateServerImageRequest } from "./openapi.js";
import { listImageJobs } from "./openapi.js";
import { keystoneListAuthProjects } from "./iam.js";
import { batchAddOrDeleteTags, listImages } from "./ims.js";
export const image: RecreateServerImageRequest = { name: "office", execute_sysprep: true };
// @ts-expect-error a name is required
export const nameless: RecreateServerImageRequest = {};
// @ts-expect-error there is no such property
export const misspelt: RecreateServerImageRequest = { name: "office", sysprep: true };
// @ts-expect-error there is no such type of image
export const type: CreateImageServerRequest["image_ref"]["image_type"] = "golden";
// @ts-expect-error recursive is required
export const deletion: BatchDeleteImageServerRequest = { items: ["1"] };
export const jobs = listImageJobs("p", "CREATE_SERVER_IMAGE", { status: "RUNNING", limit: 10 });
// @ts-expect-error there is no such type of job
export const others = listImageJobs("p", "BUILD_IMAGE");
export const projects = keystoneListAuthProjects();
export const images = listImages({ id: "1", imagetype: "private" });
// @ts-expect-error tags are created or deleted
export const tags = batchAddOrDeleteTags("p", "1", { action: "add", tags: [] });
`;

test("patterns mean the same in RE2, the engine of Go, with two exceptions", () => {
  const cases: EdgeCase[] = read("edge-cases.json");
  const differences = cases.flatMap(({ schema, passes, fails }) => {
    const { pattern } = at(documents.aps, schema);
    if (!pattern) return [];
    const name = nameOf(schema);
    const compiled = compile(pattern);
    if (!compiled) return [`${name} does not compile`];
    const values = [...passes, ...fails].map(({ value }) => String(value));
    return values
      .filter((value) => compiled.matcher(value).matches() !== new RegExp(pattern, "u").test(value))
      .map((value) => `${name} ${JSON.stringify(value)}`);
  });
  const wideBlanks = ["a\u00a0a", "a\u3000a", "a\ufeffa"].map((value) => JSON.stringify(value));
  expect(differences.toSorted()).toEqual(
    [
      // A prefix that is forbidden cannot be said without looking ahead.
      "ResourceTag.key does not compile",
      "TmsTag.key does not compile",
      // \S leaves out the blanks of ASCII only.
      ...[
        "ImageRef.spce_code",
        "ImageRef.product_id",
        "ImageServerImageRef.spce_code",
        "ImageServerImageRef.product_id",
        "UpdateServerGroupRequest.image_id",
        "UpdateServerGroupRequest.image_product_id",
      ].flatMap((name) => wideBlanks.map((value) => `${name} ${value}`)),
    ].toSorted(),
  );
});

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** The output of a command, which is empty for a compiler that has nothing to say. */
function run(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) => resolve(error ? stdout + stderr || error.message : ""));
  });
}
