import { describe, expect, it } from "vitest";
import { createEmulator, defaultWorld, type Emulator, type World } from "../src/index.ts";
import { send, tokenRequest, world } from "./call.ts";
import { sign } from "./sign.ts";

const other = { id: "b".repeat(32), name: "la-south-2", domain: "other-domain" };
const twoAccounts: World = {
  ...defaultWorld,
  projects: [
    ...defaultWorld.projects.map((project) => ({ ...project, domain: "emulator-domain" })),
    { id: "c".repeat(32), name: "ap-southeast-1_team", domain: "emulator-domain" },
    other,
  ],
};

async function tokenFor(emulator: Emulator, scope?: object) {
  const body = JSON.stringify(tokenRequest(scope));
  const reply = await send(emulator, "POST", "/v3/auth/tokens?nocatalog=true", { body });
  return { ...reply, token: reply.headers.get("X-Subject-Token") ?? "" };
}

describe("a token", () => {
  it.each([
    ["a project by name", { project: { name: world.region } }, 201],
    ["a project by id", { project: { id: world.projectId } }, 201],
    ["a project that there is not", { project: { name: "nowhere" } }, 401],
    ["a project of another account", { project: { id: other.id } }, 401],
    ["its own account", { domain: { name: "emulator-domain" } }, 201],
    ["another account", { domain: { name: "other-domain" } }, 401],
    ["an account by an id that there is not", { domain: { id: "0" } }, 401],
  ])("for %s: %s", async (_what, scope, status) => {
    const reply = await tokenFor(createEmulator({ world: twoAccounts }), scope);
    expect(reply.status).toBe(status);
    if (status === 401) {
      expect(reply.body.error).toMatchObject({ code: 401, title: "Unauthorized", message: expect.any(String) });
      expect(reply.headers.get("X-IAM-Trace-Id")).toBe(reply.headers.get("X-Request-Id"));
    }
  });

  it("is valid for 24 hours of the emulator's clock, and says so with six digits of fraction", async () => {
    const emulator = createEmulator({ speed: 0, startMs: Date.UTC(2020, 0, 3, 9, 5, 22, 701) });
    const { token, body } = await tokenFor(emulator, { project: { name: world.region } });
    expect(body.token).toMatchObject({
      issued_at: "2020-01-03T09:05:22.701000Z",
      expires_at: "2020-01-04T09:05:22.701000Z",
    });
    const look = async () =>
      (await send(emulator, "GET", "/v3/auth/projects", { headers: { "X-Auth-Token": token } })).status;
    emulator.clock.advance(24 * 3_600_000 - 1);
    expect(await look()).toBe(200);
    emulator.clock.advance(1);
    expect(await look()).toBe(401);
  });

  it("for the account can be asked for by the id that a token tells", async () => {
    const emulator = createEmulator({ world: twoAccounts });
    const { body } = await tokenFor(emulator, { domain: { name: "emulator-domain" } });
    expect((await tokenFor(emulator, { domain: { id: body.token.domain.id } })).status).toBe(201);
  });
});

describe("projects", () => {
  it.each([
    ["", [world.region, "ap-southeast-1_team"]],
    ["?name=ap-southeast-1", [world.region]],
    ["?name=la-south-2", []],
    ["?enabled=true&is_domain=false", [world.region, "ap-southeast-1_team"]],
    ["?enabled=false", []],
    ["?domain_id=0", []],
    ["?parent_id=0", []],
    ["?page=2&per_page=1", ["ap-southeast-1_team"]],
  ])("of the caller's account with %s", async (query, names) => {
    const emulator = createEmulator({ world: twoAccounts });
    const { token } = await tokenFor(emulator);
    const { body } = await send(emulator, "GET", `/v3/projects${query}`, { headers: { "X-Auth-Token": token } });
    expect(body.projects.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it("of another account are refused to a signature", async () => {
    const path = `/v1/${other.id}/image-servers`;
    const { url, init } = sign({ method: "GET", path, ...world.key });
    expect((await createEmulator({ world: twoAccounts }).fetch(url, init)).status).toBe(403);
  });

  it.each(["?page=0&per_page=1", "?per_page=5001", "?enabled=maybe"])("with %s: 400", async (query) => {
    const emulator = createEmulator();
    const { token } = await tokenFor(emulator);
    const reply = await send(emulator, "GET", `/v3/projects${query}`, { headers: { "X-Auth-Token": token } });
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 400 } } });
  });
});
