import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

it("a circle of imports fails the linter, be it of types only", async () => {
  const folder = mkdtempSync(join(tmpdir(), "aps-circle-"));
  try {
    copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
    writeFileSync(join(folder, "a.ts"), 'import type { B } from "./b.ts";\n\nexport type A = readonly B[];\n');
    writeFileSync(join(folder, "b.ts"), 'import type { A } from "./a.ts";\n\nexport type B = { readonly a: A };\n');
    const biome = join(root, "node_modules/.bin/biome");
    const linted = promisify(execFile)(biome, ["lint", "--vcs-enabled=false", "."], { cwd: folder });
    await expect(linted).rejects.toMatchObject({ stderr: expect.stringContaining("part of a cycle") });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
