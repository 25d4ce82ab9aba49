import { afterEach, describe, expect, it } from "vitest";
import { createEmulator } from "../src/index.ts";
import { type EmulatorServer, serve } from "../src/node/index.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { world } from "./call.ts";
import { sign } from "./sign.ts";

let server: EmulatorServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("serve", () => {
  it("tells of a request that a fault holds, and of a caller who had gone before the answer", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const emulator = createEmulator({ sleep: () => held });
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "delay", ms: 1 } });
    const answered: { path: string; gone?: true }[] = [];
    const caller = new AbortController();
    server = await serve(emulator, { onRequest: (line) => void answered.push(line), onWaiting: () => caller.abort() });
    const path = `/v1/${world.projectId}/image-servers`;
    await expect(fetch(`${server.url}${path}`, { signal: caller.signal })).rejects.toThrow();
    expect(answered).toEqual([]);
    // What comes after it has been answered: by then the server has seen that the caller of the first is gone.
    for (let more = 0; more < 3; more++) await fetch(`${server.url}/__emulator/clock`);
    release();
    await expect.poll(() => answered.find((line) => line.path === path)).toMatchObject({ status: 401, gone: true });
  });

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
});

describe("useEmulator", () => {
  const test = useEmulator({ jobs: "instant" });

  it.each([1, 2])("starts each test from the same world (%s)", async () => {
    expect(test.emulator.requests).toEqual([]);
    expect((await fetch(`${test.url}/v1/${world.projectId}/image-servers`)).status).toBe(401);
    expect(test.emulator.requests).toHaveLength(1);
  });
});

describe("the gateway's limits", () => {
  const test = useEmulator();

  it("a URI of more than 32 KB: 414", async () => {
    const url = `${test.url}/v1/${world.projectId}/image-servers?server_name=${"a".repeat(33_000)}`;
    expect((await fetch(url)).status).toBe(414);
  });

  it("a header of more than 32 KB: 494", async () => {
    const headers = { "X-Auth-Token": "a".repeat(33_000) };
    expect((await fetch(`${test.url}/v1/${world.projectId}/image-servers`, { headers })).status).toBe(494);
  });
});
