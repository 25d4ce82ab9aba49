import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changedPages } from "./changed-pages.ts";
import { preview } from "./preview.ts";

let folder: string;
const page = (main: string) =>
  `<html lang="en"><link rel="stylesheet" href="/a.css"><body><nav>Menu ${Math.random()}</nav><main>${main}<script>run()</script></main></body></html>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-preview-"));
  const files = {
    "before/a.css": "p { color: red }",
    "after/a.css": "p { color: blue }",
    "before/reference/one/index.html": page("<p>At most 128.</p><p>The same.</p>"),
    "after/reference/one/index.html": page("<p>At most 64.</p><p>The same.</p>"),
    "before/reference/two/index.html": page("<p>As it was.</p>"),
    "after/reference/two/index.html": page("<p>As it was.</p>"),
    "after/reference/three/index.html": page("<p>New.</p>"),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe("a preview of changed pages", () => {
  it("has the pages whose main part differs, whatever is around it", () => {
    const pages = changedPages(join(folder, "before"), join(folder, "after"));
    expect(pages.map(({ address }) => address)).toEqual(["/reference/one/", "/reference/three/"]);
  });

  it("is one file that needs no other, runs nothing, and marks what differs on either side", () => {
    const [one, three] = changedPages(join(folder, "before"), join(folder, "after"));
    expect(one?.before).toContain("p { color: red }");
    expect(one?.before).toContain("<p data-differs>At most 128.</p><p>The same.</p>");
    expect(one?.after).toContain("<p data-differs>At most 64.</p>");
    expect(three?.before).toBeUndefined();
    const file = preview([one, three].flatMap((each) => each ?? []));
    expect(file).toContain("2 pages change.");
    expect(file).toContain("There was no such page.");
    expect(file).not.toMatch(/<script|run\(\)|(src|href)="(?!data:)/);
  });

  it("says which folder is not there", () => {
    expect(() => changedPages(join(folder, "none"), join(folder, "after"))).toThrow(
      /none is not there\. Is the site built\?/,
    );
  });
});
