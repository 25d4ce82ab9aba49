import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { reviewTree } from "./review-tree.ts";
import { createScratchRepository, type ScratchRepository } from "./scratch-repository.ts";

const limit = "spec/components/schemas/RecreateServerImageRequest.yaml";
let repository: ScratchRepository;

beforeAll(async () => {
  repository = await createScratchRepository();
});
afterAll(() => repository.remove());

// The linter is asked once, where its findings are looked at.
const review = (base = "base", lints = false) => reviewTree({ root: repository.root, ref: base, lints });
const tighten = () => repository.replace(limit, "maxLength: 128", "maxLength: 64");

describe("a branch with many changes", () => {
  let report: Report;
  const found = (rule: string) => report.changes.find((change) => change.rule === rule);

  beforeAll(async () => {
    const { replace, announce } = repository;
    await replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 50");
    await replace("spec/job.yaml", "intervalSeconds: 30", "intervalSeconds: 60");
    await replace("spec/iam.yaml", "  /v3/projects:", "  /v3/regions:");
    await replace("packages/client/src/index.ts", /\bTimeoutError }/, "TimeoutError as TimedOutError }");
    await replace("packages/cli/package.json", /"version": ".*"/, '"version": "9.9.9"');
    await replace("spec/iam.yaml", /^ {2}version: .*$/m, "  version: 8.8.8");
    await replace(limit, /pattern: .*/, 'pattern: "^[*_`<b>|]+$"');
    await replace(limit, "maxLength: 128", "maxLenght: 128");
    await announce("minor", "docs");
    report = await review("base", true);
  });
  afterAll(() => repository.reset());

  it("names every operation that a shared component is part of, and the overviews that list it", () => {
    expect(report.changes).toContainEqual(
      expect.objectContaining({
        verdict: "breaking",
        says: "`limit`: `maximum` was `100`, is `50`.",
        operations: expect.arrayContaining(["ListImageServers", "ListImageJobs", "ListImageSubJobs"]),
      }),
    );
    expect(report.pages).toContain("/limits/");
  });

  it("says in which line a fact of an extension stands, and which tasks follow it", async () => {
    const job = await readFile(join(repository.root, "spec/job.yaml"), "utf8");
    const line = job.split("\n").indexOf("    intervalSeconds: 60") + 1;
    expect(found("job-changed")).toMatchObject({ verdict: "risky", source: { file: "spec/job.yaml", line } });
    expect(report.methods).toContain("waitForImageJob");
  });

  it("reviews the document of IAM as well", () => {
    expect(found("path-removed")).toMatchObject({
      verdict: "breaking",
      pointer: "iam.yaml#/paths/~1v3~1projects",
      source: { file: "spec/iam/paths/projects.yaml", line: 1 },
    });
  });

  it("finds an export of the client that went away", () => {
    expect(found("export-removed")).toMatchObject({ says: "The client no longer exports `TimeoutError`." });
  });

  it("takes a changeset of a package that is not released for none", () => {
    expect(report.versionProblems.join()).toContain("nothing is announced");
  });

  it("says which package and which document has another version", () => {
    expect(report.versionProblems.join("\n")).toMatch(/packages\/cli\/package.json has version 9\.9\.9, spec\/openapi/);
    expect(report.versionProblems.join("\n")).toMatch(/spec\/iam.yaml has version 8\.8\.8/);
  });

  it("shows what the linter says, and does not pass", () => {
    expect(report.passed).toBe(false);
    expect(markdown(report)).toMatch(/### Linter[\s\S]*maxLenght/);
  });

  it("shows values as they are, whatever Markdown would make of them", () => {
    // A code span that holds a backtick stands in two of them.
    expect(markdown(report)).toContain("is `` ^[*_`<b>|]+$ ``.");
  });
});

describe("a branch with one change", () => {
  beforeEach(() => repository.reset());

  it("needs a changeset of its own when callers must read about it", async () => {
    await repository.announce("minor");
    await repository.commit("another change, announced");
    await tighten();
    const { versionProblems } = await review("HEAD");
    expect(versionProblems).toEqual([expect.stringContaining("the changelog would still say nothing about this one")]);
  });

  it("that only changes an example is about the operations that show it", async () => {
    const file = "spec/components/examples/RecreateServerImageRequest.yaml";
    await repository.replace(file, "image_name_0508", "image_name_0509");
    const { verdict, methods, pages } = await review();
    expect([verdict, methods]).toEqual(["safe", ["client.recreateServerImage"]]);
    expect(pages).toContain("/reference/recreate-server-image/");
  });

  it("that renames a schema breaks those who use its type, and names the file", async () => {
    await repository.git("mv", "spec/components/schemas/RootVolume.yaml", "spec/components/schemas/SystemDisk.yaml");
    for (const request of ["CreateAppServersRequest", "CreateImageServerRequest"])
      await repository.replace(`spec/components/schemas/${request}.yaml`, "RootVolume", "SystemDisk");
    const { changes } = await review();
    expect(changes).toMatchObject([
      { rule: "type-name-removed", source: { file: "spec/components/schemas/RootVolume.yaml", line: 1 } },
    ]);
  });

  it("fails on a version alone that differs", async () => {
    await repository.replace("packages/cli/package.json", /"version": ".*"/, '"version": "9.9.9"');
    expect(await review()).toMatchObject({ verdict: "unchanged", passed: false });
  });

  it("is compared with where it began, not with what was merged since", async () => {
    await repository.replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 200");
    await repository.commit("a wider limit, on main");
    await repository.git("branch", "--force", "upstream");
    await repository.reset();
    expect(await review("upstream")).toMatchObject({ verdict: "unchanged", passed: true });
  });
});

describe("an exception", () => {
  const exception = {
    rule: "request-limit-narrowed",
    pointer: "#/paths/~1v1~1{project_id}~1image-servers~1{server_id}~1actions~1recreate-image",
    reason: "The service never took <more>.",
    until: "2999-12-31",
  };
  const write = (change: object) =>
    repository.write("spec/exceptions/one.json", JSON.stringify({ ...exception, ...change }));

  beforeEach(() => repository.reset());

  it("lets a change through until its last day, and the rest demands what it demands", async () => {
    await tighten();
    await write({});
    await repository.announce("patch");
    const report = await review("base", true);
    expect(report).toMatchObject({ passed: true, verdict: "breaking", demandedBump: "patch", idleExceptions: [] });
    expect(markdown(report)).toContain("Let through until 2999-12-31: The service never took &#60;more&#62;.");

    await repository.replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 50");
    expect(await review()).toMatchObject({ passed: false, demandedBump: "minor" });
  });

  it("that has ended lets nothing through, and says so", async () => {
    await tighten();
    await write({ until: "2020-01-01" });
    await repository.announce("patch");
    const { passed, idleExceptions } = await review();
    expect(passed).toBe(false);
    expect(idleExceptions).toEqual([
      expect.stringContaining("ended on 2020-01-01 and lets its change through no longer"),
    ]);
  });

  it("that covers nothing says so", async () => {
    await write({});
    expect((await review()).idleExceptions).toEqual([expect.stringContaining("covers no change against this base")]);
  });

  it.each([
    [{ until: "2026-02-30" }, '"until" must be a day as YYYY-MM-DD; given was "2026-02-30".'],
    [{ rule: undefined }, '"rule" must be a text; given was nothing.'],
    [{ pointer: "/paths" }, '"pointer" must be a JSON pointer'],
    [{ untill: "2026-02-03" }, '"untill" is no field of an exception.'],
  ])("with %j is refused, with its file and field", async (change, message) => {
    await write(change);
    await expect(review()).rejects.toThrow(`spec/exceptions/one.json: ${message}`);
  });

  it("that is no JSON is refused", async () => {
    await repository.write("spec/exceptions/one.json", "{");
    await expect(review()).rejects.toThrow("spec/exceptions/one.json is no JSON");
  });
});
