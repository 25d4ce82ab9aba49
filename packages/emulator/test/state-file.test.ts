import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { createEmulator, readWorld } from "../src/index.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";

const bin = join(import.meta.dirname, "..", "dist", "bin.js");

async function startWith(...args: string[]) {
  const child = spawn(process.execPath, [bin, "--port", "0", "--quiet", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const url = String(line).split(" ").at(-1) ?? "";
  const call = (path: string, token: string, body?: object) =>
    fetch(`${url}/v1/${world.projectId}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "X-Auth-Token": token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { url, call, kill };
}

describe("--state-file", () => {
  it("loses no acknowledged change when the emulator is killed at any moment", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "aps-state-")), "state.json");
    let emulator = await startWith("--state-file", file, "--jobs", "instant");
    const answer = await fetch(`${emulator.url}/v3/auth/tokens`, {
      method: "POST",
      body: JSON.stringify(tokenRequest()),
    });
    const token = answer.headers.get("X-Subject-Token") ?? "";
    const acknowledged: string[] = [];
    const killsAfter = 5;
    for (let round = 0; round < 4; round++) {
      // The kill comes while requests are under way; those that were not acknowledged may be lost.
      let killing: Promise<void> | undefined;
      for (let count = 0; count < 1000; count++) {
        if (count === killsAfter) killing = new Promise((resolve) => setTimeout(resolve, round)).then(emulator.kill);
        const path = `/image-servers/${world.serverId}/actions/recreate-image`;
        const reply = await emulator.call(path, token, { name: `image-${round}-${count}` }).catch(() => undefined);
        if (reply === undefined) break;
        const body = (await reply.json().catch(() => undefined)) as { job_id: string } | undefined;
        if (body !== undefined) acknowledged.push(body.job_id);
      }
      await killing;
      emulator = await startWith("--state-file", file, "--jobs", "instant");
      for (const jobId of acknowledged)
        expect((await emulator.call(`/image-server-jobs/${jobId}`, token)).status).toBe(200);
    }
    await emulator.kill();
    expect(acknowledged.length).toBeGreaterThanOrEqual(4 * killsAfter);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  }, 60_000);
});

describe("--world", () => {
  it("starts with what a file describes", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "aps-world-")), "world.json");
    const users = [{ name: "u", domain: "d", password: "p" }];
    await writeFile(file, JSON.stringify({ projects: [{ id: "p1", name: "la-south-2" }], users, servers: [] }));
    const emulator = await startWith("--world", file);
    const state = (await (await fetch(`${emulator.url}/__emulator/state`)).json()) as { projects: object[] };
    await emulator.kill();
    expect(state.projects).toEqual([expect.objectContaining({ id: "p1", name: "la-south-2" })]);
  });

  it("starts with servers in any state and with images, as the example has them", async () => {
    const json = await readFile(join(import.meta.dirname, "..", "examples", "world.json"), "utf8");
    const { state } = createEmulator({ world: readWorld(json) });
    const { servers, images } = [...state.projects.values()][0] ?? {};
    expect([...(servers?.values() ?? [])].map(({ id, status }) => [id, status])).toEqual([
      ["office", "ACTIVE"],
      ["cad", "ERROR"],
      ["old", "BUILT"],
    ]);
    expect(servers?.get("old")?.image_id).toBe([...(images?.keys() ?? [])][0]);
  });

  it("refuses an image of a server that it does not name", () => {
    const world = { projects: [], users: [], servers: [], images: [{ id: "i", name: "n", serverId: "s" }] };
    expect(() => createEmulator({ world })).toThrow("image i names image server s");
  });

  it.each([
    ["{", "not JSON"],
    ['{"projects":[],"users":[]}', "world.servers must be a list"],
    ['{"projects":[{"id":1,"name":"x"}],"users":[],"servers":[]}', "world.projects[0].id must be a text"],
    ['{"projects":[],"users":[],"servers":[],"serverz":[]}', "world.serverz is not known"],
  ])("%s is refused, and says where", (json, message) => {
    expect(() => readWorld(json)).toThrow(message);
  });

  it("shows no secret of a wrong file", () => {
    const json = '{"projects":[],"users":[{"name":"","domain":"d","password":"hidden"}],"servers":[]}';
    expect(() => readWorld(json)).toThrow(/^(?!.*hidden)/);
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
    expect(test.emulator.violations).toEqual([]);
  });
});
