import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { build as buildWithEsbuild } from "esbuild";
import { build as buildWithVite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programs } from "./programs.ts";
import { publishedPackages } from "./release/published-packages.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const names = publishedPackages(root);
/** An empty project elsewhere with the packed packages in it, and with what they say that they depend on. */
let project: string;
const contents = new Map<string, string[]>();

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), "aps-pack-")));
  await writeFile(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  await Promise.all(names.map(install));
  await link("@types/node", root);
});
afterAll(() => rm(project, { recursive: true }));

/** Packs a package, and unpacks it where `npm install` would put it. */
async function install(name: string): Promise<void> {
  const folder = join(root, "packages", name);
  // npm is a program of Node like the others; only its place differs from machine to machine.
  const { npm_execpath: npm } = process.env;
  const [command, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
  const pack = [...first, "pack", "--json", "--pack-destination", project];
  const { stdout } = await run(command as string, pack, { cwd: folder });
  const [packed] = Object.values(JSON.parse(stdout)) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error(`npm pack says nothing of ${name}.`);
  const files = packed.files.map(({ path }) => path);
  contents.set(name, files);
  const target = join("node_modules", "@workspace-aps", name);
  await mkdir(join(project, target), { recursive: true });
  await run("tar", ["-xzf", packed.filename, "-C", target, "--strip-components", "1"], { cwd: project });
  const { dependencies = {} } = JSON.parse(await readFile(join(project, target, "package.json"), "utf8"));
  for (const dependency of Object.keys(dependencies)) {
    if (!dependency.startsWith("@workspace-aps/")) await link(dependency, folder);
  }
}

/** Puts a dependency into the project, so that nothing is found that no package has asked for. */
async function link(dependency: string, from: string): Promise<void> {
  const folders = createRequire(join(from, "package.json")).resolve.paths(dependency) ?? [];
  const found = folders.map((folder) => join(folder, dependency)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${dependency} is not installed.`);
  const target = join(project, "node_modules", dependency);
  await mkdir(join(target, ".."), { recursive: true });
  if (!existsSync(target)) await symlink(found, target, "junction");
}

describe.each(names)("the package %s", (name) => {
  it("holds its code, its types, a README, its licence and nothing of the workshop", () => {
    const files = contents.get(name) ?? [];
    const odd = files.filter(
      (file) =>
        !/^(bin\/[a-z-]+\.js|(deploy|man|schemas)\/.*|dist\/.*|src\/.*|package\.json|README\.md|LICENSE)$/.test(file),
    );
    expect(odd).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    expect(files.filter((file) => /\.test\.|(^|\/)(test|bench|examples)\//.test(file))).toEqual([]);
  });

  it("names no path of the machine that built it, and no secret but the emulator's", async () => {
    for (const file of contents.get(name) ?? []) {
      const text = await readFile(join(project, "node_modules", "@workspace-aps", name, file), "utf8");
      expect(text.includes(root), file).toBe(false);
      expect(text, file).not.toMatch(/-----BEGIN [A-Z ]*PRIVATE KEY|npm_[A-Za-z0-9]{36}/);
    }
  });

  it("has every file that its exports and commands name, and every source that its maps name", async () => {
    const files = contents.get(name) ?? [];
    const text = await readFile(join(root, "packages", name, "package.json"), "utf8");
    const named = [...text.matchAll(/"\.\/((?:bin|dist)\/[^"*]+)"/g)].map((match) => match[1]);
    expect(named.filter((file) => !files.includes(String(file)))).toEqual([]);
    for (const map of files.filter((file) => file.endsWith(".map"))) {
      const folder = join(project, "node_modules", "@workspace-aps", name, map, "..");
      const { sources, sourcesContent } = JSON.parse(await readFile(join(folder, map.split("/").at(-1) ?? ""), "utf8"));
      if (sourcesContent !== undefined) continue;
      for (const source of sources) expect(existsSync(join(folder, source)), `${map}: ${source}`).toBe(true);
    }
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

  // Scripts run on the pinned Node. The packages promise more, and a workflow tries them on the oldest.
  it.each([
    ["the pinned Node", process.execPath],
    ["the machine's Node", machineNode()],
  ])("runs under %s", async (_, node) => {
    await writeFile(join(project, "program.mjs"), program);
    expect((await run(node, ["program.mjs"], { cwd: project })).stdout).toMatch(made);
    for (const name of names) {
      const folder = join(project, "node_modules", "@workspace-aps", name);
      const { bin = {}, engines } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      const { stdout: version } = await run(node, ["--print", "process.versions.node"]);
      if (!isAtLeast(version.trim(), engines.node)) continue;
      for (const command of Object.values<string>(bin)) {
        expect((await run(node, [join(folder, command), "--help"])).stdout).toContain("Usage");
      }
    }
  });

  it("runs bundled by esbuild, for a browser", async () => {
    const outfile = join(project, "esbuild.mjs");
    const stdin = { contents: program, resolveDir: project };
    await buildWithEsbuild({ stdin, bundle: true, format: "esm", platform: "browser", outfile });
    expect((await run(process.execPath, [outfile], { cwd: project })).stdout).toMatch(made);
  });

  it("runs bundled by Vite, for a browser", async () => {
    await writeFile(join(project, "entry.js"), program);
    await buildWithVite({
      root: project,
      configFile: false,
      logLevel: "error",
      build: {
        target: "es2022",
        outDir: "vite",
        rollupOptions: { input: join(project, "entry.js"), output: { entryFileNames: "bundle.mjs" } },
      },
    });
    expect((await run(process.execPath, [join(project, "vite", "bundle.mjs")])).stdout).toMatch(made);
  });

  const compilers = [
    ["7", programs.tsc],
    ["5.9", join(root, "packages", "client", "node_modules", "typescript", "bin", "tsc")],
  ] as const;
  const settings = [
    ["node16", "node16", ["es2022"], ["node"]],
    ["esnext", "bundler", ["es2022", "dom"], []],
  ] as const;
  it.each(compilers.flatMap(([version, tsc]) => settings.map((setting) => [version, ...setting, tsc] as const)))(
    "type-checks with TypeScript %s, module %s, moduleResolution %s, lib %j and types %j",
    async (_, module, moduleResolution, lib, types, tsc) => {
      await writeFile(join(project, "program.ts"), `${program}\nconst text: string = imageId;\nvoid text;\n`);
      const target = "es2022";
      const compilerOptions = { module, moduleResolution, target, lib, types, strict: true, noEmit: true };
      await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
      const checked = run(process.execPath, [tsc, "-p", "."], { cwd: project });
      expect(await checked.catch(({ stdout }) => ({ stdout }))).toMatchObject({ stdout: "" });
    },
  );
});

/** Whether a version is in a range of the form `>=22.12`. */
function isAtLeast(version: string, range: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = range.replace(">=", "").split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The first Node on the path that was not installed with this repository; the pinned one where there is no other. */
function machineNode(): string {
  const { PATH = "" } = process.env;
  const program = process.platform === "win32" ? "node.exe" : "node";
  const folders = PATH.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? process.execPath;
}
