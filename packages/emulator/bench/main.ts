// The figures that the emulator promises, measured on this machine. Run with `npm run bench -w @workspace-aps/emulator`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { createEmulator, defaultWorld, type Emulator } from "../src/index.ts";
import { sign } from "../test/sign.ts";

const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!project || !server || !key) throw new Error("The default world is empty.");
const recreatePath = `/v1/${project.id}/image-servers/${server.id}/actions/recreate-image`;
const recreateBody = JSON.stringify({ name: "image" });
const document = createRequire(import.meta.url).resolve("@workspace-aps/spec/openapi.json");

let resetting: Emulator | undefined;
const rows: Record<string, { measured: string; promised: string }> = {};
const row = (what: string, measured: string, promised: string) => {
  rows[what] = { measured, promised };
};

row("start until it listens, ms (median of 5)", median(await repeat(5, startTime)).toFixed(0), "300");
row("reset, ms (median of 200)", median(await repeat(200, resetTime)).toFixed(3), "1");
const own = await rateOfEmulator();
const prism = await rateOfPrism();
row("signed recreate-image over loopback, requests/s", own.toFixed(0), "4000");
row("the same of prism, unsigned, requests/s", prism.toFixed(0), "");
row("ratio of the two", (own / prism).toFixed(1), "3");
const lists = await listTimes();
row("page of 10,000 servers, p99 ms", percentile99(lists.servers).toFixed(2), "10");
row("page of 100,000 jobs, p99 ms", percentile99(lists.jobs).toFixed(2), "10");
row("memory after a million requests, MiB more", (await memoryGrowth(1_000_000)).toFixed(1), "20");
console.table(rows);

async function startTime(): Promise<number> {
  const startedAt = performance.now();
  const { kill } = await startBin();
  const ms = performance.now() - startedAt;
  await kill();
  return ms;
}

async function startBin(...args: string[]) {
  const program = join(import.meta.dirname, "..", "dist", "bin.js");
  const child = spawn(process.execPath, [program, "--port", "0", "--quiet", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { url: new URL(String(line).split(" ").at(-1) ?? ""), kill };
}

function resetTime(): number {
  resetting ??= createEmulator();
  const startedAt = performance.now();
  resetting.reset();
  return performance.now() - startedAt;
}

async function rateOfEmulator(): Promise<number> {
  const { url, kill } = await startBin("--jobs", "instant");
  const { init } = sign({
    method: "POST",
    path: recreatePath,
    body: recreateBody,
    ...(key as { id: string; secret: string }),
    signed: ["x-sdk-date"],
  });
  return requestRate(url, init.headers as Record<string, string>).finally(kill);
}

/** A generic mock server on the same document. It answers the contract's example, and any token will do. */
async function rateOfPrism(): Promise<number> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [bin("@stoplight/prism-cli"), "mock", "--port", String(port), "--verboseLevel", "silent", document],
    { stdio: "ignore" },
  );
  const url = new URL(`http://127.0.0.1:${port}`);
  try {
    while (
      !(await fetch(url).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 100));
    return await requestRate(url, { "x-auth-token": "any", "content-type": "application/json" });
  } finally {
    child.kill("SIGKILL");
  }
}

function bin(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: Record<string, string> };
  return join(dirname(manifest), Object.values(bin)[0] as string);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Requests per second of 32 connections for 5 seconds, from this process to another. */
async function requestRate(url: URL, headers: Readonly<Record<string, string>>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const sent = { ...headers, "content-length": String(recreateBody.length) };
  const endsAt = performance.now() + 5_000;
  let answered = 0;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest(
        { agent, host: url.hostname, port: url.port, method: "POST", path: recreatePath, headers: sent },
        (response) => {
          if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
          response.resume().on("end", resolve);
        },
      );
      request.on("error", reject).end(recreateBody);
    });
  const worker = async () => {
    while (performance.now() < endsAt) {
      await one();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  agent.destroy();
  return answered / 5;
}

async function listTimes(): Promise<{ servers: number[]; jobs: number[] }> {
  const servers = Array.from({ length: 10_000 }, (_, index) => ({
    id: `s${index}`,
    projectId: project?.id ?? "",
    name: `server ${index}`,
  }));
  const emulator = createEmulator({ jobs: "instant", world: { ...defaultWorld, servers } });
  const call = await caller(emulator);
  for (let index = 0; index < 100_000; index++) {
    await call("POST", `/image-servers/s${index % 10_000}/actions/recreate-image`, '{"name":"image"}');
  }
  const time = async (path: string) => {
    const startedAt = performance.now();
    await call("GET", path);
    return performance.now() - startedAt;
  };
  const page = (size: number, index: number) => `limit=100&offset=${(index * 97) % size}`;
  return {
    servers: await repeat(300, (index) => time(`/image-servers?${page(10_000, index)}`)),
    jobs: await repeat(300, (index) => time(`/image-server-jobs?job_type=CREATE_SERVER_IMAGE&${page(100_000, index)}`)),
  };
}

/** MiB of heap that reads leave behind. */
async function memoryGrowth(requests: number): Promise<number> {
  const call = await caller(createEmulator());
  const some = async (count: number) => {
    for (let index = 0; index < count; index++) await call("GET", "/image-servers");
  };
  await some(20_000);
  const before = heap();
  await some(requests);
  return (heap() - before) / 2 ** 20;
}

async function caller(emulator: Emulator) {
  const token = "bench";
  const [user] = defaultWorld.users;
  if (user === undefined) throw new Error("The default world has no user.");
  emulator.state.tokens.set(token, { user, projectId: project?.id, expiresAtMs: Number.POSITIVE_INFINITY });
  const headers = { host: "127.0.0.1", "x-auth-token": token };
  return async (method: string, target: string, body = "") => {
    const [path = "", query = ""] = target.split("?");
    const bytes = new TextEncoder().encode(body);
    const answer = await emulator.handle({ method, path: `/v1/${project?.id}${path}`, query, headers, body: bytes });
    if (answer.status !== 200) throw new Error(`${method} ${target}: ${answer.status} ${answer.text}`);
  };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function repeat(count: number, action: (index: number) => number | Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (let index = 0; index < count; index++) results.push(await action(index));
  return results;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function percentile99(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}
