import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { createEmulator } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { describe, expect, it } from "vitest";
import { workingFiles } from "./working-files.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const files = workingFiles();

const readmes = ["README.md", "packages/client/README.md", "packages/emulator/README.md"];

/** These need hours of a group's users, or a company's certificate. They are compiled with the others. */
const onlyCompiled = ["packages/client/examples/roll-out.ts", "packages/client/examples/connections.ts"];

describe.each(readmes)("%s", async (path) => {
  const readme = await readFile(join(root, path), "utf8");
  const samples = [...readme.matchAll(/<!-- (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, file = "", code]) => ({
    file,
    code,
  }));

  it("shows code that is a file of this repository, to the letter", async () => {
    expect(readme.match(/```(ts|json)/g)).toHaveLength(samples.filter(({ file }) => !file.endsWith(".sh")).length);
    for (const { file, code } of samples) expect(code).toBe(await readFile(join(root, file), "utf8"));
  });

  const programs = samples.filter(({ file }) => /(?<!\.test)\.ts$/.test(file) && !onlyCompiled.includes(file));
  it.each(programs)("shows a program that runs: $file", async ({ file }) => {
    const cloud = join(root, "scripts", "readme-cloud.ts");
    const { stdout } = await run(process.execPath, ["--import", cloud, join(root, file)]);
    expect(stdout).toMatch(/./);
  });

  const scripts = samples.filter(({ file }) => file.endsWith(".sh"));
  it.each(scripts)("shows commands that run: $file", async ({ file }) => {
    const server = await serve(createEmulator());
    try {
      const environment = { ...process.env, EMULATOR: server.url };
      const { stdout } = await run("sh", ["-eu", join(root, file)], { env: environment });
      // What is there at the end, or the id of the image that was made.
      expect(stdout).toMatch(/"projects": \[|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/m);
    } finally {
      await server.close();
    }
  });

  it("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\(((?!http)[^)#]+)\)/g)].map((match) => match[1] as string);
    const folder = join(root, path, "..");
    const inRepository = (link: string) => relative(root, resolve(folder, link)).replaceAll(sep, "/");
    const isThere = (path: string) => files.some((file) => file === path || file.startsWith(`${path}/`));
    expect(links.map(inRepository).filter((path) => !isThere(path))).toEqual([]);
  });
});

describe("README.md", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");

  it("shows code that makes an image", async () => {
    const cloud = join(root, "scripts", "readme-cloud.ts");
    const program = join(root, "packages", "client", "examples", "make-image.ts");
    const { stdout } = await run(process.execPath, ["--import", cloud, program]);
    expect(stdout).toMatch(/^Job \d{18} is making the image\.\nImage [0-9a-f-]{36} is ready\.\n$/);
  });

  it("has exactly two commands before it says how to install", () => {
    const commands = [...(readme.split("## Make an image")[0] ?? "").matchAll(/```sh\n([\s\S]*?)```/g)].map(
      (match) => match[1],
    );
    expect(commands).toEqual(["npm ci && npm run demo\n", "npm cit\n"]);
  });

  it("gives the test command that .ci/run runs", async () => {
    expect(await readFile(join(root, ".ci", "run"), "utf8")).toMatch(/^time npm cit$/m);
  });
});
