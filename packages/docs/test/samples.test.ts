import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { commands } from "@workspace-aps/cli/command-line";
import { createEmulator, defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { type EmulatorServer, serve } from "@workspace-aps/emulator/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OperationView } from "../src/contract/operations.ts";
import { englishEdition } from "../src/edition/edition.ts";
import { apsSample, hasCommand, signedCurlSample } from "../src/samples/aps.ts";
import { type Call, exampleCall } from "../src/samples/call.ts";
import { curlSample } from "../src/samples/curl.ts";
import { typescriptSample } from "../src/samples/typescript.ts";
import { tried } from "./share.ts";

const run = promisify(execFile);
const { operations } = englishEdition;
const [project] = defaultWorld.projects;
const [user] = defaultWorld.users;
const [server] = defaultWorld.servers;
const appServer = defaultWorld.appServers?.at(-1);
const [key] = user?.accessKeys ?? [];
if (!project || !user?.password || !server || !appServer || !key) throw new Error("The default world is empty.");

const password = { user: { domain: { name: user.domain }, name: user.name, password: user.password } };
const world = {
  identity: { methods: ["password"], password },
  projectId: project.id,
  serverId: server.id,
  appServerId: appServer.id,
};

const keys = {
  HUAWEICLOUD_SDK_AK: key.id,
  HUAWEICLOUD_SDK_SK: key.secret,
  HUAWEICLOUD_SDK_PROJECT_ID: project.id,
};

/** Emulators that begin at the same moment give the same ids. */
const options = { jobs: "instant", startMs: Date.UTC(2026, 0, 1), speed: 0 } as const;
let folder: string;
let emulator: Emulator;
let service: EmulatorServer;

beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, "..", ".samples-"));
  await symlink(
    fileURLToPath(import.meta.resolve("@workspace-aps/cli/package.json")).replace("package.json", "bin/aps.js"),
    join(folder, "aps"),
  );
  await writeFile(join(folder, "run-all.mjs"), runAll);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  emulator = createEmulator(options);
  service = await serve(emulator);
});
afterEach(() => service.close());

/**
 * Makes an image and reinstalls an application server, so that there are jobs to look at. Its text also runs in another
 * process, so it uses nothing around it.
 */
async function makeJobs(
  { fetch }: Pick<Emulator, "fetch">,
  { identity, projectId, serverId, appServerId }: typeof world,
) {
  const auth = { identity, scope: { project: { id: projectId } } };
  const answer = await fetch("http://cloud/v3/auth/tokens", { method: "POST", body: JSON.stringify({ auth }) });
  const token = answer.headers.get("X-Subject-Token") ?? "";
  const ask = async (method: string, path: string, body?: string) => {
    const response = await fetch(`http://cloud/v1/${projectId}${path}`, {
      method,
      headers: { "X-Auth-Token": token },
      ...(body === undefined ? {} : { body }),
    });
    return response.json();
  };
  const image = await ask("POST", `/image-servers/${serverId}/actions/recreate-image`, '{"name":"image"}');
  const reinstalled = await ask("POST", `/app-servers/${appServerId}/actions/reinstall`, "{}");
  const parts = await ask("GET", `/image-server-sub-jobs?job_type=CREATE_SERVER_IMAGE&job_id=${image.job_id}`);
  return { token, jobId: image.job_id, serverJobId: reinstalled.job_id, subJobId: parts.items[0].id };
}

type Made = Awaited<ReturnType<typeof makeJobs>>;

/**
 * The program that runs samples in TypeScript one after the other. For each the cloud is an emulator of its own in the same process,
 * with a job of each family. It tells what each has printed, what its emulator answered last, and what it threw.
 */
const runAll = `import { createEmulator } from "@workspace-aps/emulator";
  const [, , ...files] = process.argv;
  const tell = console.log;
  const ran = {};
  for (const file of files) {
    const emulator = createEmulator(${JSON.stringify(options)});
    await (${makeJobs})(emulator, ${JSON.stringify(world)});
    globalThis.fetch = emulator.fetch;
    const printed = [];
    console.log = (...values) => printed.push(values);
    const thrown = await import(file).then(() => undefined, String);
    ran[file] = { printed: printed.length, answered: emulator.requests.at(-1), thrown };
  }
  tell(JSON.stringify(ran));`;

interface Ran {
  readonly printed: number;
  readonly answered: unknown;
  readonly thrown?: string;
}

/** What has come of the samples in TypeScript, by operation. */
let inTypeScript: Promise<Map<string, Ran | undefined>> | undefined;

async function runInTypeScript(): Promise<Map<string, Ran | undefined>> {
  const made = await makeJobs(emulator, world);
  const files = new Map(tried(operations).map((operation) => [operation, join(folder, `${operation.slug}.ts`)]));
  for (const [operation, file] of files)
    await writeFile(file, withJob(typescriptSample(operation, exampleCall(operation)), operation, made));
  const { stdout } = await run(process.execPath, [join(folder, "run-all.mjs"), ...files.values()], {
    env: { ...process.env, ...keys },
  });
  const ran: Record<string, Ran> = JSON.parse(stdout);
  return new Map([...files].map(([{ id }, file]) => [id, ran[file]]));
}

/** A sample that names a job needs one that is there; nothing else of it is changed. */
function withJob(sample: string, operation: OperationView, { jobId, serverJobId }: Made): string {
  const named = String(exampleCall(operation).path.job_id ?? "no job");
  return sample.replace(named, operation.id === "ShowJobDetail" ? serverJobId : jobId);
}

describe.each(tried(operations).map((operation) => [operation.id, operation] as const))(
  "the samples of %s",
  (_id, operation) => {
    const call = exampleCall(operation);
    const success = Number(operation.responses.find(({ status }) => status.startsWith("2"))?.status);

    /** The command line takes away only what is there. */
    const withItems = ({ subJobId }: Made): Call => {
      const there: Record<string, string> = {
        BatchDeleteImageServer: world.serverId,
        BatchDeleteServer: world.appServerId,
        BatchDeleteImageSubJobs: subJobId,
      };
      const id = there[operation.id];
      return id === undefined ? call : { ...call, body: { ...call.body, items: [id] } };
    };

    /** What takes something away asks a person, whom a test has not. */
    const withoutAsking = (sample: string) => {
      const command = commands.find(({ operationId }) => operationId === operation.id);
      return command?.takesAway === true ? `${sample.trimEnd()} --yes` : sample;
    };

    /** Runs commands in a shell that knows `aps` and the emulator. */
    const runInShell = (commands: string) =>
      run("sh", ["-euc", commands], {
        env: {
          ...process.env,
          ...keys,
          PATH: `${folder}:${process.env.PATH}`,
          APS_ENDPOINT: service.url,
          APS_REGION: project.name,
        },
      });

    it("run in TypeScript", async () => {
      inTypeScript ??= runInTypeScript();
      const ran = (await inTypeScript).get(operation.id);
      expect(ran).toMatchObject({ answered: { operationId: operation.id, status: success } });
      expect(ran?.thrown).toBeUndefined();
      expect(ran?.printed).toBeGreaterThan(0);
    });

    if (hasCommand(operation))
      it("run with aps", async () => {
        const made = await makeJobs(emulator, world);
        await runInShell(withJob(withoutAsking(apsSample(operation, withItems(made))), operation, made));
        // A command may look before and after.
        const sent = emulator.requests.findLast(({ operationId }) => operationId === operation.id);
        expect(sent).toMatchObject({ status: success });
      });

    it("run with curl and a token", async () => {
      const made = await makeJobs(emulator, world);
      await run("sh", ["-euc", withJob(curlSample(operation, call), operation, made)], {
        env: {
          ...process.env,
          ENDPOINT: service.url,
          IMS_ENDPOINT: service.url,
          PROJECT_ID: project.id,
          TOKEN: made.token,
        },
      });
      expect(emulator.requests.at(-1)).toMatchObject({ operationId: operation.id, status: success });
    });

    if (hasCommand(operation))
      it("run with curl and a signature", async () => {
        const made = await makeJobs(emulator, world);
        await runInShell(withJob(signedCurlSample(operation, call), operation, made));
        expect(emulator.requests.at(-1)).toMatchObject({ operationId: operation.id, status: success });
      });
  },
);
