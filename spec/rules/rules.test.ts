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
  readonly problems: {
    ruleId: string;
    message: string;
    location: { source: { ref: string }; pointer: string }[];
  }[];
}

/** Where a mistake is, in which file unless the root, and what its author is told. */
type Found = Readonly<Record<string, string>>;

/** Options that the fixtures need and the contract's own configuration gives by API only. */
const OPTIONS: Record<string, object> = {
  "no-orphan-file": { folders: ["components"], except: ["components/schemas/Elsewhere.yaml"] },
};

let found: Map<string, Found[]>;
const scratch = mkdtempSync(join(tmpdir(), "aps-rules-"));

beforeAll(async () => {
  found = await lintFixtures();
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe.each(houseRules)("$id", ({ id, reason }) => {
  test("says why it exists", () => expect(reason).toMatch(/^[A-Z].{20,}\.$/));

  test("accepts its passing fixture", () => expect(found.get(`${id}/pass`)).toEqual([]));

  test("reports every mistake of its failing fixture where it is, with what to do", () => {
    const expected: Found[] = parse(readFileSync(join(FIXTURES, id, "fail/expected.yaml"), "utf8"));
    expect(expected.length).toBeGreaterThan(0);
    expect(found.get(`${id}/fail`)).toEqual(sorted(expected));
  });
});

test("every fixture belongs to a rule", () => {
  expect(readdirSync(FIXTURES).toSorted()).toEqual(houseRules.map(({ id }) => id).toSorted());
});

/** Lints each fixture in one run of the real command, with Redocly's own rules too, which can hide nodes from others. */
async function lintFixtures(): Promise<Map<string, Found[]>> {
  const names = houseRules.flatMap(({ id }) => [`${id}/pass`, `${id}/fail`]);
  const { extends: sets, rules: settings } = parse(readFileSync(join(SPEC, "redocly.yaml"), "utf8"));
  const apis = Object.fromEntries(
    names.map((name) => {
      const id = ruleOf(name);
      const options = settings[`aps/${id}`] ?? { severity: "error", ...OPTIONS[id] };
      return [
        name.replace("/", "-"),
        { root: join(FIXTURES, name, "openapi.yaml"), rules: { [`aps/${id}`]: options } },
      ];
    }),
  );
  const company = sets.filter((set: string) => !set.startsWith("aps/"));
  const plugins = [join(import.meta.dirname, "plugin.ts")];
  const config = join(scratch, "redocly.yaml");
  writeFileSync(config, stringify({ telemetry: "off", plugins, extends: company, apis }));
  const options = ["--config", config, "--format", "json", "--max-problems", "10000"];
  const output = await redocly(["lint", ...Object.keys(apis), ...options]);
  // One report for each API, one after the other.
  const reports: Report[] = JSON.parse(`[${output.trim().replaceAll(/^\}\s*\{$/gm, "},{")}]`);
  expect(reports).toHaveLength(names.length);
  return new Map(names.map((name, index) => [name, foundIn(reports[index], name)]));
}

function foundIn(report: Report | undefined, name: string): Found[] {
  const own = (report?.problems ?? []).filter(({ ruleId }) => ruleId === `aps/${ruleOf(name)}`);
  return sorted(
    own.map(({ message, location: [at] }) => {
      const file = relative(join(FIXTURES, name), join(scratch, at?.source.ref ?? ""));
      return { [(file === "openapi.yaml" ? "" : file) + at?.pointer]: message };
    }),
  );
}

function sorted(found: Found[]): Found[] {
  return found.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b), "en"));
}

function ruleOf(fixture: string): string {
  return fixture.slice(0, fixture.indexOf("/"));
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
