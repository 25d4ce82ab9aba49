import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const names = ["client", "emulator", "cli"] as const;
/** An empty project with the packed packages in it; what they depend on is found in the repository around it. */
let project: string;
const contents = new Map<string, string[]>();

beforeAll(async () => {
  await mkdir(join(root, ".turbo"), { recursive: true });
  project = await mkdtemp(join(root, ".turbo", "pack-"));
  for (const name of names) {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", project], {
      cwd: join(root, "packages", name),
    });
    const [packed] = Object.values(JSON.parse(stdout)) as { filename: string; files: { path: string }[] }[];
    if (packed === undefined) throw new Error(`npm pack says nothing of ${name}.`);
    contents.set(
      name,
      packed.files.map(({ path }) => path),
    );
    const target = join(project, "node_modules", "@workspace-aps", name);
    await mkdir(target, { recursive: true });
    await run("tar", ["-xzf", join(project, packed.filename), "-C", target, "--strip-components", "1"]);
  }
  await writeFile(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
}, 60_000);
afterAll(() => rm(project, { recursive: true }));

describe.each(names)("the package %s", (name) => {
  it("holds its code, its types, a README, its licence and nothing of the workshop", () => {
    const files = contents.get(name) ?? [];
    const odd = files.filter((file) => !/^(dist\/.*|src\/.*|package\.json|README\.md|LICENSE)$/.test(file));
    expect(odd).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    expect(files.filter((file) => /\.test\.|(^|\/)(test|bench|examples)\//.test(file))).toEqual([]);
  });

  it("names no path of the machine that built it, and no secret but the emulator's", async () => {
    for (const file of contents.get(name) ?? []) {
      const text = await readFile(join(project, "node_modules", "@workspace-aps", name, file), "utf8");
      expect(text.includes(root), file).toBe(false);
      expect(text, file).not.toMatch(/-----BEGIN|npm_[A-Za-z0-9]{36}/);
    }
  });

  it("has every file that its exports and commands name", () => {
    const files = contents.get(name) ?? [];
    return readFile(join(root, "packages", name, "package.json"), "utf8").then((text) => {
      const named = [...text.matchAll(/"\.\/(dist\/[^"*]+)"/g)].map((match) => match[1]);
      expect(named.filter((file) => !files.includes(String(file)))).toEqual([]);
    });
  });
});

describe("installed in an empty project", () => {
  const program = `
    import { accessKey, createClient, createImage, waitForImageJob } from "@workspace-aps/client";
    import { signRequest } from "@workspace-aps/client/sign";
    import { createEmulator } from "@workspace-aps/emulator";
    const credentials = accessKey({
      accessKeyId: "APSEMULATORACCESSKEY",
      secretAccessKey: "aps-emulator-secret-access-key",
    });
    const client = createClient({
      endpoint: "http://127.0.0.1",
      projectId: "a4da8115c9d8464ead3a38309130523f",
      credentials,
      fetch: createEmulator({ jobs: "instant" }).fetch,
    });
    const { jobId } = await createImage(client, { serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "image" });
    const { imageId } = await waitForImageJob(client, jobId, { firstLookMs: 0 });
    console.log(imageId, typeof signRequest);
  `;
  const made = /^[0-9a-f-]{36} function\n$/;

  it("runs under Node", async () => {
    await writeFile(join(project, "program.mjs"), program);
    expect((await run(process.execPath, ["program.mjs"], { cwd: project })).stdout).toMatch(made);
  });

  it("runs bundled", async () => {
    const outfile = join(project, "bundle.mjs");
    await build({
      stdin: { contents: program, resolveDir: project },
      bundle: true,
      format: "esm",
      platform: "browser",
      outfile,
    });
    expect((await run(process.execPath, [outfile], { cwd: project })).stdout).toMatch(made);
  });

  it("starts its commands", async () => {
    for (const [name, command] of [
      ["cli", "dist/main.js"],
      ["emulator", "dist/bin.js"],
    ] as const) {
      const file = join(project, "node_modules", "@workspace-aps", name, command);
      expect((await run(process.execPath, [file, "--help"])).stdout).toContain("Usage");
    }
  });

  it.each([
    ["node16", "node16"],
    ["esnext", "bundler"],
  ])(
    "type-checks with module %s and moduleResolution %s",
    async (module, moduleResolution) => {
      await writeFile(join(project, "program.ts"), `${program}\nconst text: string = imageId;\nvoid text;\n`);
      const config = {
        compilerOptions: { module, moduleResolution, target: "es2022", strict: true, noEmit: true, types: ["node"] },
        files: ["program.ts"],
      };
      await writeFile(join(project, "tsconfig.json"), JSON.stringify(config));
      await expect(run("tsc", ["-p", "."], { cwd: project })).resolves.toMatchObject({ stdout: "" });
    },
    60_000,
  );
});
