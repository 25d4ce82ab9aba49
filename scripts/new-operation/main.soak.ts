import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewTree } from "../../packages/review/src/review-tree.ts";
import { type Clone, cloneWorkingTree } from "../pipeline-clone.ts";
import { runProgram } from "../programs.ts";

const run = promisify(execFile);
const program = join(import.meta.dirname, "main.ts");
let clone: Clone;

beforeAll(async () => {
  clone = cloneWorkingTree();
  const who = ["-c", "user.name=t", "-c", "user.email=t@localhost"];
  await run("git", [...who, "commit", "--quiet", "--message", "base"], { cwd: clone.folder });
});
afterAll(() => clone.remove());

const scaffold = (...args: string[]) => run(process.execPath, [program, ...args], { cwd: clone.folder });

describe("a fourteenth operation", () => {
  it.each([
    ["ListServerTags", "get", "/v1/{project_id}/image-servers/{server_id}/tags"],
    ["AddServerTag", "post", "/v1/{project_id}/image-servers/{server_id}/actions/add-tag"],
  ])("%s is scaffolded", async (...args) => {
    const { stdout } = await scaffold(...args);
    expect(stdout).toContain("spec/openapi.yaml");
  });

  it("passes the linter, and appears in client and emulator without touching other code", async () => {
    await runProgram("turbo", ["run", "build", "--filter=@workspace-aps/cli", "--no-daemon"], clone.folder);
    await runProgram("redocly", ["lint"], join(clone.folder, "spec"));
    await runProgram("vitest", ["run", "test/contract.test.ts"], join(clone.folder, "spec"));
    const use = `
      import { createClient, accessKey } from "@workspace-aps/client";
      import * as operations from "@workspace-aps/client/operations";
      import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
      const [user] = defaultWorld.users;
      const [key] = user.accessKeys;
      const client = createClient({
        operations,
        endpoint: "http://127.0.0.1",
        projectId: defaultWorld.projects[0].id,
        credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
        fetch: createEmulator().fetch,
      });
      const path = { server_id: defaultWorld.servers[0].id };
      console.log(JSON.stringify([
        await client.listServerTags({ path }),
        await client.addServerTag({ path, body: { id: "1" } }),
        await client.addServerTag({ path, body: {} }).catch((error) => error.issues[0].pointer),
        await client.listServerTags({ path: { server_id: "none" } }).catch((error) => error.status),
      ]));
    `;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", use], { cwd: clone.folder });
    const example = { id: "697354472828968960" };
    expect(JSON.parse(stdout)).toEqual([example, example, "/body/id", 404]);
  });

  it("has a command, and a page in every language, with samples", async () => {
    await runProgram("turbo", ["run", "build", "--filter=@workspace-aps/docs", "--no-daemon"], clone.folder);
    const aps = join(clone.folder, "packages", "cli", "dist", "main.js");
    expect((await run(process.execPath, [aps, "server", "list-server-tags", "--help"])).stdout).toContain(
      "<server-id>",
    );
    for (const locale of ["", "zh-cn"]) {
      const page = join(clone.folder, "packages", "docs", "dist", locale, "reference", "add-server-tag", "index.html");
      const text = (await readFile(page, "utf8")).replaceAll(/<[^>]+>/g, "");
      expect(text).toContain("client.addServerTag({");
      expect(text).toContain("aps server add-server-tag");
    }
  });

  it("is in the review, which takes the changeset that was scaffolded", async () => {
    const { changes, methods, coverage, versionProblems } = await reviewTree({ root: clone.folder, ref: "HEAD" });
    // Beside the two operations, each of their schemas, examples and codes.
    expect(changes.length).toBeGreaterThanOrEqual(2);
    expect([...new Set(changes.map(({ verdict }) => verdict))]).toEqual(["safe"]);
    expect(methods.toSorted()).toEqual(["client.addServerTag", "client.listServerTags"]);
    expect(coverage.after.operations).toBe(coverage.before.operations + 2);
    expect(versionProblems).toEqual([]);
  });

  it("is not written over", async () => {
    const again = scaffold("ListServerTags", "get", "/v1/{project_id}/image-servers/{server_id}/tags");
    await expect(again).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("has /v1/") });
  });

  it("is refused with the reasons when its name, method or path is wrong", async () => {
    const error = await scaffold("list", "fetch", "/tags").catch((reason) => reason);
    expect(error.code).toBe(2);
    expect(error.stderr).toMatch(/PascalCase.*\n.*<method>.*\n.*<path> must begin/);
    const unknown = await scaffold("ShowTag", "get", "/v1/{project_id}/tags/{tag_id}").catch((reason) => reason);
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("spec/components/parameters/TagId.yaml"),
    });
  });
});
