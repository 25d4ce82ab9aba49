import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { houseRules } from "./index.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const SPEC = join(import.meta.dirname, "..");

interface Report {
  readonly problems: { ruleId: string; location: { source: { ref: string }; pointer: string }[] }[];
}

/** Options that the fixtures need and the contract's own configuration gives by API only. */
const OPTIONS: Record<string, object> = {
  "no-orphan-file": { folders: ["components"], except: ["components/schemas/Elsewhere.yaml"] },
};

let found: Map<string, string[]>;
const scratch = mkdtempSync(join(tmpdir(), "aps-rules-"));

beforeAll(async () => {
  found = await lintFixtures();
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

describe.each(houseRules)("$id", ({ id, reason }) => {
  test("says why it exists", () => expect(reason).toMatch(/^[A-Z].{20,}\.$/));

  test("accepts its passing fixture", () => expect(found.get(`${id}/pass`)).toEqual([]));

  test("reports every mistake of its failing fixture where it is", () => {
    const expected: string[] = parse(readFileSync(join(FIXTURES, id, "fail/expected.yaml"), "utf8"));
    expect(expected.length).toBeGreaterThan(0);
    expect(found.get(`${id}/fail`)).toEqual(expected.toSorted());
  });
});

test("every fixture belongs to a rule", () => {
  expect(readdirSync(FIXTURES).toSorted()).toEqual(houseRules.map(({ id }) => id).toSorted());
});

/** Lints each fixture with its own rule only, all in one run of the real command. */
async function lintFixtures(): Promise<Map<string, string[]>> {
  const names = houseRules.flatMap(({ id }) => [`${id}/pass`, `${id}/fail`]);
  const settings = parse(readFileSync(join(SPEC, "redocly.yaml"), "utf8")).rules;
  const apis = Object.fromEntries(
    names.map((name) => {
      const id = name.slice(0, name.indexOf("/"));
      const options = settings[`aps/${id}`] ?? { severity: "error", ...OPTIONS[id] };
      return [
        name.replace("/", "-"),
        { root: join(FIXTURES, name, "openapi.yaml"), rules: { [`aps/${id}`]: options } },
      ];
    }),
  );
  const config = join(scratch, "redocly.yaml");
  writeFileSync(config, stringify({ telemetry: "off", plugins: [join(import.meta.dirname, "plugin.ts")], apis }));
  const output = await redocly(["lint", ...Object.keys(apis), "--config", config, "--format", "json"]);
  // One report for each API, one after the other.
  const reports: Report[] = JSON.parse(`[${output.trim().replaceAll(/^\}\s*\{$/gm, "},{")}]`);
  expect(reports).toHaveLength(names.length);
  return new Map(names.map((name, index) => [name, places(reports[index], name)]));
}

function places(report: Report | undefined, name: string): string[] {
  return (report?.problems ?? [])
    .map(({ ruleId, location: [at] }) => {
      if (!at || ruleId !== `aps/${name.slice(0, name.indexOf("/"))}`) return `${ruleId} ${at?.pointer}`;
      const file = relative(join(FIXTURES, name), join(scratch, at.source.ref));
      return (file === "openapi.yaml" ? "" : file) + at.pointer;
    })
    .toSorted();
}

function redocly(args: string[]): Promise<string> {
  const command = [join(SPEC, "node_modules"), join(SPEC, "../node_modules")]
    .map((folder) => join(folder, ".bin/redocly"))
    .find((path) => existsSync(path));
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    // Exit code 1 says that there are problems, which is what the failing fixtures are for.
    execFile(String(command), args, { cwd: scratch, env, maxBuffer: 2 ** 26 }, (_, stdout) => resolve(stdout));
  });
}
