import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { commands } from "@workspace-aps/cli/command-line";
import { createEmulator, defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { type EmulatorServer, serve } from "@workspace-aps/emulator/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
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
  // Loaded before a sample: the cloud is an emulator with a job of each family, in the same process. It says at the end what it answered last.
  await symlink(
    fileURLToPath(import.meta.resolve("@workspace-aps/cli/package.json")).replace("package.json", "bin/aps.js"),
    join(folder, "aps"),
  );
  await writeFile(
    join(folder, "cloud.mjs"),
    `import { createEmulator } from "@workspace-aps/emulator";
    const emulator = createEmulator(${JSON.stringify(options)});
    await (${makeJobs})(emulator, ${JSON.stringify(world)});
    globalThis.fetch = emulator.fetch;
    process.on("exit", () => console.error(JSON.stringify(emulator.requests.at(-1))));`,
  );
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

describe.each(tried(operations).map((operation) => [operation.id, operation] as const))(
  "the samples of %s",
  (_id, operation) => {
    const call = exampleCall(operation);
    const success = Number(operation.responses.find(({ status }) => status.startsWith("2"))?.status);

    /** A sample that names a job needs one that is there; nothing else of it is changed. */
    const withJob = (sample: string, { jobId, serverJobId }: Made) =>
      sample.replace(String(call.path.job_id ?? "no job"), operation.id === "ShowJobDetail" ? serverJobId : jobId);

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
      const made = await makeJobs(emulator, world);
      const file = join(folder, `${operation.slug}.ts`);
      await writeFile(file, withJob(typescriptSample(operation, call), made));
      const { stdout, stderr } = await run(process.execPath, ["--import", join(folder, "cloud.mjs"), file], {
        env: { ...process.env, ...keys },
      });
      expect(stdout).toMatch(/\S/);
      expect(JSON.parse(stderr)).toMatchObject({ operationId: operation.id, status: success });
    });

    if (hasCommand(operation))
      it("run with aps", async () => {
        const made = await makeJobs(emulator, world);
        await runInShell(withJob(withoutAsking(apsSample(operation, withItems(made))), made));
        // A command may look before and after.
        const sent = emulator.requests.findLast(({ operationId }) => operationId === operation.id);
        expect(sent).toMatchObject({ status: success });
      });

    it("run with curl and a token", async () => {
      const made = await makeJobs(emulator, world);
      await run("sh", ["-euc", withJob(curlSample(operation, call), made)], {
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
        await runInShell(withJob(signedCurlSample(operation, call), made));
        expect(emulator.requests.at(-1)).toMatchObject({ operationId: operation.id, status: success });
      });
  },
);
