import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmulator, defaultWorld } from "../src/index.ts";
import { type EmulatorServer, serve } from "../src/node/index.ts";

/** The command of Redocly that runs Arazzo documents. */
const REDOCLY = fileURLToPath(new URL("../../../node_modules/.bin/redocly", import.meta.url));

const [project] = defaultWorld.projects;
const [user] = defaultWorld.users;
const [server] = defaultWorld.servers;
const CALLER = {
  domainName: user?.domain,
  userName: user?.name,
  password: user?.password,
  region: project?.name,
};
const ROUND = {
  ...CALLER,
  serverName: "office-builder",
  imageName: "office-2026-11",
  productId: "workspace.x86.performance.xlarge4",
  sourceImageId: "f5d443de-a623-4950-a74d-569fe63c1f7a",
  vpcId: "59785ba5-e5d5-4836-b9de-19f22ac15175",
  subnetId: "a5842cb4-5718-4b0a-8b27-3a3e9c74f977",
  account: "administrator",
  appId: "680556127464718336",
};

const scratch = mkdtempSync(join(tmpdir(), "aps-workflows-"));
writeFileSync(join(scratch, "redocly.yaml"), "telemetry: off\n");
afterAll(() => rmSync(scratch, { recursive: true }));

// Each look at a job moves it on by one step: WAITING, RUNNING, SUCCESS.
const emulator = createEmulator({ jobs: "poll" });
let listening: EmulatorServer;
beforeEach(async () => {
  emulator.reset();
  listening = await serve(emulator);
});
afterEach(async () => {
  await listening.close();
  expect(emulator.violations).toEqual([]);
});

describe("the workflow create-image", () => {
  test("makes an image and answers its id", async () => {
    const { passed, outputs } = await respect("create-image", { ...CALLER, serverId: server?.id, imageName: "office" });
    expect(passed).toBe(true);
    const images = imagesByName();
    expect(images.office).toMatchObject({ serverId: server?.id });
    expect(outputs.imageId).toBe(images.office?.id);
    expect(calls()).toEqual([
      "KeystoneCreateUserTokenByPassword",
      "RecreateServerImage",
      "ShowImageJob",
      "ShowImageJob",
      "ShowImageJob",
    ]);
  });

  test("gives up when the job has failed", async () => {
    const fate = { fail: { code: "IMG.0009", message: "taken" } };
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate } });
    const { passed } = await respect("create-image", { ...CALLER, serverId: server?.id, imageName: "office" });
    expect(passed).toBe(false);
    expect(calls().filter((call) => call === "ShowImageJob")).toHaveLength(3);
    expect(imagesByName()).toEqual({});
  });

  test.each([429, 500, 503])("keeps looking when it is answered %i", async (status) => {
    emulator.faults.add({ operation: "ShowImageJob", times: 2, effect: { type: "answer", status } });
    const { passed, outputs } = await respect("create-image", { ...CALLER, serverId: server?.id, imageName: "office" });
    expect(passed).toBe(true);
    expect(outputs.imageId).toBe(imagesByName().office?.id);
  });

  test("gives up when it may not look", async () => {
    emulator.faults.add({ operation: "ShowImageJob", effect: { type: "answer", status: 403 } });
    const { passed } = await respect("create-image", { ...CALLER, serverId: server?.id, imageName: "office" });
    expect(passed).toBe(false);
    expect(calls().filter((call) => call === "ShowImageJob")).toHaveLength(1);
  });

  test("stops when the password is wrong", async () => {
    const caller = { ...CALLER, password: "wrong" };
    const { passed } = await respect("create-image", { ...caller, serverId: server?.id, imageName: "office" });
    expect(passed).toBe(false);
    expect(calls()).not.toContain("ShowImageJob");
    expect(imagesByName()).toEqual({});
  });
});

test("the workflow golden-image leaves the image and nothing else", async () => {
  const before = serverIds();
  const { passed, outputs } = await respect("golden-image", ROUND);
  expect(passed).toBe(true);
  expect(imagesByName()["office-2026-11"]).toMatchObject({ id: outputs.imageId, serverId: outputs.serverId });
  expect(serverIds()).toEqual(before);
  expect(calls().filter((call) => call !== "ShowImageJob")).toEqual([
    "KeystoneCreateUserTokenByPassword",
    "CreateImageServer",
    "AttachImageServerApp",
    "RecreateServerImage",
    "BatchDeleteImageServer",
  ]);
});

interface Outcome {
  readonly passed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a workflow of the contract with `redocly respect`. It differs from the document only in that it looks sooner. */
async function respect(name: string, inputs: Readonly<Record<string, string | undefined>>): Promise<Outcome> {
  const source = fileURLToPath(import.meta.resolve(`@workspace-aps/spec/workflows/${name}.arazzo.yaml`));
  const document = readFileSync(source, "utf8")
    .replaceAll("url: ../", `url: ${dirname(dirname(source))}/`)
    .replaceAll(/retryAfter: \d+/g, "retryAfter: 0.05");
  const outputs = document.slice(document.lastIndexOf("\n    outputs:"));
  const outputNames = [...outputs.matchAll(/^ {6}(\w+):/gm)].map(([, one = ""]) => one);
  writeFileSync(join(scratch, `${name}.yaml`), document + teller(name, Object.keys(inputs), outputNames));
  const args = ["respect", `${name}.yaml`, "--workflow", "tell"];
  for (const api of ["aps", "iam"]) args.push("--server", `${api}=${listening.url}`);
  for (const [key, value] of Object.entries(inputs)) args.push("--input", `${key}=${value}`);
  const passed = await run(args);
  const told = emulator.requests.map(({ path }) => path.split("/")).filter(([, , project]) => project === "told");
  return { passed, outputs: Object.fromEntries(told.map(([, , , , value], index) => [outputNames[index], value])) };
}

/**
 * A workflow that calls another and tells what it answered. Redocly's report has no outputs, so each is sent as the id
 * of a server in the project `told`, where the emulator's log shows it.
 */
function teller(name: string, inputs: readonly string[], outputs: readonly string[]): string {
  const lines = [
    "  - workflowId: tell",
    `    inputs: { type: object, properties: { ${inputs.map((input) => `${input}: { type: string }`).join(", ")} } }`,
    "    steps:",
    "      - stepId: main",
    `        workflowId: ${name}`,
    `        parameters: [${inputs.map((input) => `{ name: ${input}, value: $inputs.${input} }`).join(", ")}]`,
    `        outputs: { ${outputs.map((output) => `${output}: $outputs.${output}`).join(", ")} }`,
    ...outputs.flatMap((output) => [
      `      - stepId: ${output}`,
      "        operationId: $sourceDescriptions.aps.ShowImageServer",
      "        parameters:",
      "          - { name: project_id, in: path, value: told }",
      `          - { name: server_id, in: path, value: $steps.main.outputs.${output} }`,
      "        successCriteria: [{ condition: $statusCode == 401 }]",
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function run(args: string[]): Promise<boolean> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    execFile(REDOCLY, args, { cwd: scratch, env, maxBuffer: 2 ** 24 }, (error) => resolve(!error));
  });
}

/** The operations that were called, in order. */
function calls(): (string | undefined)[] {
  return emulator.requests.filter(({ path }) => !path.includes("/told/")).map(({ operationId }) => operationId);
}

function imagesByName(): Record<string, { id: string; serverId: string }> {
  const images = [...(emulator.state.projects.get(project?.id ?? "")?.images.values() ?? [])];
  return Object.fromEntries(images.map((image) => [image.name, image]));
}

function serverIds(): string[] {
  return [...(emulator.state.projects.get(project?.id ?? "")?.servers.keys() ?? [])];
}
