import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEmulator, defaultWorld, readWorld, type World } from "../src/index.ts";
import { startProgram } from "./program.ts";

describe("a world", () => {
  it("is what the program starts with", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "aps-world-")), "world.json");
    const users = [{ name: "u", domain: "d", password: "p" }];
    await writeFile(file, JSON.stringify({ projects: [{ id: "p1", name: "la-south-2" }], users, servers: [] }));
    const emulator = await startProgram("--world", file);
    const state = (await (await emulator.admin("state")).json()) as { projects: object[] };
    await emulator.stop();
    expect(state.projects).toEqual([expect.objectContaining({ id: "p1", name: "la-south-2" })]);
  });

  it("has servers in any state and images, as the example has them", async () => {
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

  it("is isolated from every other", async () => {
    const [one, two] = [createEmulator(), createEmulator()];
    one.state.projects.clear();
    expect(two.state.projects.size).toBe(1);
  });
});

describe("a world file", () => {
  it.each([
    ["{", "The world is not JSON"],
    ['{"projects":[],"users":[]}', "world.servers must be a list"],
    ['{"projects":[{"id":1,"name":"x"}],"users":[],"servers":[]}', "world.projects[0].id must be a text"],
    ['{"projects":[],"users":[],"servers":[],"serverz":[]}', "world.serverz is not known"],
    [
      '{"projects":[],"users":[],"servers":[{"id":"a","projectId":"p","name":"n","linksChanged":1}]}',
      "world.servers[0].linksChanged must be true or false",
    ],
  ])("%s is refused, and says where", (json, message) => {
    expect(() => readWorld(json)).toThrow(message);
  });

  it("that is wrong shows no secret", () => {
    const json = '{"projects":[],"users":[{"name":"","domain":"d","password":"hidden"}],"servers":[]}';
    expect(() => readWorld(json)).toThrow(/^(?!.*hidden)/);
  });
});

describe("a world that contradicts itself", () => {
  const [project] = defaultWorld.projects;
  const server = { id: "a", projectId: project?.id ?? "", name: "a" };
  const user = { name: "u", domain: "d", accessKeys: [{ id: "KEY", secret: "hidden" }] };

  it.each<[string, Partial<World>]>([
    ["server a names project p, which is not in it", { servers: [{ ...server, projectId: "p" }] }],
    ["server a has status ACTVE; known are CREATING, ACTIVE,", { servers: [{ ...server, status: "ACTVE" }] }],
    ["server a b cannot be reached: path/server_id must match pattern", { servers: [{ ...server, id: "a b" }] }],
    ["two of the servers are called a", { servers: [server, server] }],
    ["two of the projects are called", { projects: [...defaultWorld.projects, ...defaultWorld.projects] }],
    ["two of the users are called u of d", { users: [user, { name: "u", domain: "d" }] }],
    ["two of the access keys are called KEY", { users: [user, { ...user, name: "v" }] }],
    ["image i names image server s, which is not in it", { images: [{ id: "i", name: "n", serverId: "s" }] }],
    [
      "two of the images are called i",
      { servers: [server], images: [1, 2].map(() => ({ id: "i", name: "n", serverId: "a" })) },
    ],
  ])("is refused: %s", (message, change) => {
    const world = { ...defaultWorld, ...change };
    expect(() => createEmulator({ world })).toThrow(message);
    expect(() => createEmulator({ world })).toThrow(/^(?!.*hidden)/);
  });

  it("is refused with all that is wrong", () => {
    const world = { ...defaultWorld, servers: [{ ...server, projectId: "p", status: "x" }] };
    expect(() => createEmulator({ world })).toThrow(/names project p.*; server a has status x/);
  });
});
