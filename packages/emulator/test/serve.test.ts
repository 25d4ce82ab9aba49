import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { createEmulator } from "../src/index.ts";
import { type EmulatorServer, serve } from "../src/node/index.ts";
import { world } from "./call.ts";
import { sign } from "./sign.ts";

const bin = join(import.meta.dirname, "..", "dist", "bin.js");
let server: EmulatorServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("serve", () => {
  it("answers over HTTP as in process", async () => {
    server = await serve(createEmulator());
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${server.url}/v1/${world.projectId}/image-servers`);
    expect(response.status).toBe(401);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("verifies a signature over the bytes that it received", async () => {
    server = await serve(createEmulator());
    const path = `/v1/${world.projectId}/image-servers/${world.serverId}/actions/recreate-image`;
    const body = '{ "name" : "image_name_0508" }';
    const { init } = sign({ method: "POST", path, body, ...world.key, signed: ["x-sdk-date"] });
    const response = await fetch(`${server.url}${path}`, init);
    expect(response.status).toBe(200);
    expect(((await response.json()) as { job_id: string }).job_id).toMatch(/^\d{18}$/);
  });

  it.each([false, true])("cuts the connection (work done: %s)", async (afterWork) => {
    const emulator = createEmulator();
    server = await serve(emulator);
    emulator.faults.add({ effect: { type: "cut", afterWork } });
    await expect(fetch(`${server.url}/v1/${world.projectId}/image-servers`)).rejects.toThrow("fetch failed");
  });

  it("cuts the body in the middle", async () => {
    const emulator = createEmulator();
    server = await serve(emulator);
    emulator.faults.add({ effect: { type: "body", body: "truncated" } });
    const response = await fetch(`${server.url}/v1/${world.projectId}/image-servers`);
    await expect(response.text()).rejects.toThrow();
  });

  it("survives what is not HTTP", async () => {
    server = await serve(createEmulator());
    const socket = connect(server.port, "127.0.0.1");
    socket.end("\u0000\u0001 not http\r\n\r\n");
    socket.resume();
    await once(socket, "close");
    expect((await fetch(server.url)).status).toBe(404);
  });
});

describe("aps-emulator", () => {
  it("prints where it listens as its first line, and stops when it is told to", async () => {
    const child = spawn(process.execPath, [bin, "--port", "0", "--speed", "1000"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    expect(line).toMatch(/^aps-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${line.split(" ").at(-1)}/__emulator/clock`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("prints a line for each request, without a secret", async () => {
    const child = spawn(process.execPath, [bin, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const log = once(createInterface({ input: child.stderr }), "line");
    const path = `/v1/${world.projectId}/image-servers`;
    const { init } = sign({ method: "GET", path, ...world.key, securityToken: "secret-token" });
    await fetch(`${line.split(" ").at(-1)}${path}?server_name=secret-name`, init);
    expect((await log)[0]).toMatch(new RegExp(`^GET ${path} \\d{3} [\\d.]+ ms$`));
    child.kill("SIGTERM");
    await once(child, "exit");
  });

  it.each([
    [["--port", "x"], '--port must be a number from 0; given was "x"'],
    [["--jobs", "later"], '--jobs must be clock, poll or instant; given was "later"'],
    [["--prot", "1"], "--prot"],
  ])("refuses %j and says why", async (args, message) => {
    const error = await promisify(execFile)(process.execPath, [bin, ...args]).catch((reason) => reason);
    expect(error.code).toBe(2);
    expect(error.stderr).toContain(message);
  });
});
