import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ApiError, accessKey, createClient, createImage, password } from "@workspace-aps/client";
import * as operations from "@workspace-aps/client/operations";
import { createEmulator, defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { type EmulatorServer, serve } from "@workspace-aps/emulator/node";
import contract from "@workspace-aps/spec/openapi.json" with { type: "json" };
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutSecrets } from "./har.ts";
import { knownNames } from "./known-names.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

const run = promisify(execFile);
const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (project === undefined || server === undefined || key === undefined) throw new Error("The default world is empty.");

const known = knownNames(contract);
const typed = { accessKeyId: "TYPEDKEYID", secretAccessKey: "typed-secret-key" };
let folder: string;
let har: string;
let emulator: Emulator;
let service: EmulatorServer;
let recorder: Recorder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-traffic-"));
  har = join(folder, "traffic.har");
  emulator = createEmulator({ jobs: "instant" });
  service = await serve(emulator);
  recorder = await startRecorder({
    target: service.url,
    har,
    key: { accessKeyId: key.id, secretAccessKey: key.secret },
  });
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

/** A client of the recorder, with a key that the service does not know. */
function recorded() {
  return createClient({ operations, endpoint: recorder.url, projectId: project?.id, credentials: accessKey(typed) });
}

/** Calls a good part of the service. */
async function use(): Promise<void> {
  const client = recorded();
  await client.listImageServers({});
  const { jobId } = await createImage(client, { serverId: server?.id ?? "", name: "recorded", description: "镜像 1" });
  await client.showImageJob({ path: { job_id: jobId } });
  await client.listImageJobs({ query: { job_type: "CREATE_SERVER_IMAGE" } });
  await client.listImageSubJobs({ query: { job_type: "CREATE_SERVER_IMAGE" } });
  await client.updateImageServer({ path: { server_id: server?.id ?? "" }, body: { name: "renamed" } });
  await expect(client.showImageServer({ path: { server_id: "none" } })).rejects.toBeInstanceOf(ApiError);
}

async function drift(file: string): Promise<{ code: number; output: string }> {
  const program = join(import.meta.dirname, "drift.ts");
  const { code, stdout, stderr } = await run(process.execPath, [program, file]).then(
    (done) => ({ code: 0, ...done }),
    (error) => error as { code: number; stdout: string; stderr: string },
  );
  return { code, output: stdout + stderr };
}

describe("a recording", () => {
  it("agrees with the contract, and holds nothing secret at any moment", async () => {
    await use();
    const whileRunning = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
    await recorder.stop();
    const text = await readFile(har, "utf8");
    expect(JSON.parse(text).log.entries.length).toBeGreaterThan(6);
    expect(whileRunning.join("")).toContain("recorded");
    for (const secret of [key.id, key.secret, typed.accessKeyId, typed.secretAccessKey, "SDK-HMAC-SHA256"])
      expect(text + whileRunning.join("")).not.toContain(secret);
    expect(withoutSecrets(text, known).removed).toEqual([]);

    const { code, output } = await drift(har);
    expect(output).toMatch(/documented=\d+ undocumented=0/);
    expect(output).toMatch(/Findings: total=0/);
    expect(code).toBe(0);
  });

  it("shows a drift that was put in on purpose: a field of another type", async () => {
    emulator.faults.add({
      operation: "ListImageServers",
      effect: { type: "answer", status: 200, body: { items: [], count: "none" } },
    });
    await recorded().listImageServers({});
    await recorder.stop();
    const { code, output } = await drift(har);
    expect(code).toBe(1);
    expect(output).toMatch(/ERROR .*count/);
  });

  it("shows a status that is not documented", async () => {
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "answer", status: 418, body: {} } });
    await recorded()
      .listImageServers({})
      .catch(() => undefined);
    await recorder.stop();
    const { code, output } = await drift(har);
    expect(code).toBe(1);
    expect(output).toContain("GET /v1/{project_id}/image-servers answered 418, which the contract does not have.");
  });

  it("is not made of calls of IAM, whose bodies are secret", async () => {
    const credentials = password({ domainName: "d", userName: "u", password: "typed-password" });
    const client = createClient({ operations, endpoint: recorder.url, projectId: project.id, credentials });
    await expect(client.listImageServers({})).rejects.toThrow();
    await recorder.stop();
    expect(await readFile(har, "utf8")).not.toContain("typed-password");
  });
});

describe("a recording of another program", () => {
  const entry = (url: string) => ({
    startedDateTime: "2026-11-01T00:00:00.000Z",
    time: 1,
    request: {
      method: "GET",
      url,
      httpVersion: "HTTP/1.1",
      headers: [
        { name: "X-Auth-Token", value: "a-token" },
        { name: "X-Custom-Secret", value: "a-token" },
        { name: "X-Unheard-Of", value: "a-token" },
      ],
      queryString: [{ name: "access_key", value: "a-token" }],
      cookies: [{ name: "session", value: "a-token" }],
      _initiator: { stack: "a-token" },
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: "OK",
      httpVersion: "HTTP/1.1",
      headers: [
        { name: "Content-Type", value: "application/json" },
        { name: "X-Request-Id", value: "1".repeat(32) },
        { name: "X-Subject-Token", value: "a-token" },
      ],
      cookies: [],
      content: { size: 24, mimeType: "application/json", text: '{"count":0,"items":[]}' },
      redirectURL: "",
      headersSize: -1,
      bodySize: 24,
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  });
  const text = JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "another", version: "1" },
      pages: [{ title: "a-token" }],
      entries: [
        entry(
          "https://u:a-token@workspace.ap-southeast-1.myhuaweicloud.com/v1/p/image-servers?access_key=a-token&limit=1",
        ),
        entry("https://iam.myhuaweicloud.com/v3/auth/tokens"),
        entry("https://console.example.com/login"),
      ],
    },
  });

  it("is compared without its secrets, and they are named", async () => {
    await recorder.stop();
    const { har: clean, removed } = withoutSecrets(text, known);
    expect(clean).not.toContain("a-token");
    expect(clean).toContain("/v1/p/image-servers?limit=1");
    expect(removed).toEqual([
      "the query parameter access_key",
      "the header X-Auth-Token",
      "the header X-Custom-Secret",
      "the header X-Subject-Token",
      "calls of IAM",
      "calls of other services",
    ]);
    await writeFile(har, text);
    const { code, output } = await drift(har);
    expect(output).toMatch(/holds what is or may be secret: .*the header X-Auth-Token, .*calls of IAM/);
    expect(output).toMatch(/Exchanges: total=1 documented=1/);
    expect(code).toBe(0);
  });

  it("that is no HAR is refused", async () => {
    await recorder.stop();
    expect(() => withoutSecrets("[]", known)).toThrow("no HAR file");
    expect((await drift(join(folder, "nothing.har"))).code).toBe(2);
    await writeFile(har, "\uFEFF[]");
    expect(await drift(har)).toMatchObject({
      code: 2,
      output: `${har}: This is no HAR file: it has no log.entries.\n`,
    });
  });
});
