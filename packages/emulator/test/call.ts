import { expect } from "vitest";
import { createEmulator, defaultWorld, type Emulator, type EmulatorOptions } from "../src/index.ts";

const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
const [appServer] = defaultWorld.appServers ?? [];
const image = defaultWorld.otherImages?.at(-1);
if (!project || !server || !user?.password || !key || !appServer || !image)
  throw new Error("The default world is empty.");

/** The ids and secrets of the default world. */
export const world = {
  projectId: project.id,
  region: project.name,
  serverId: server.id,
  groupId: appServer.groupId,
  appServerId: appServer.id,
  imageId: image.id,
  user,
  key,
};

/** A body that CreateImageServer takes. */
export const newServer = {
  name: "builder",
  root_volume: { type: "SAS", size: 80 },
  image_ref: { id: "da02e5ca-c6ec-4685-8ecb-f116bb5bdd2c", image_type: "private" },
  vpc_id: "vpc",
  subnet_id: "subnet",
  product_id: "workspace.x86.performance.xlarge4",
  authorize_accounts: [{ account: "administrator", account_type: "USER" }],
};

/** What came back: the status, the headers and the parsed body. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared with expectations, not used
  readonly body: any;
}

/** Sends a request as any client would, and parses the answer. */
export async function send(emulator: Emulator, method: string, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await emulator.fetch(`http://127.0.0.1${path}`, { method, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** An emulator whose clock stands still, with a caller who has a token. */
export async function start(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ speed: 0, ...options });
  const token = await tokenOf(emulator);
  const call = (method: string, path: string, body?: unknown) =>
    send(emulator, method, `/v1/${world.projectId}${path}`, {
      headers: { "X-Auth-Token": token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const jobOf = async (id: string) => (await call("GET", `/image-server-jobs/${id}`)).body;
  const recreate = (id: string, name = "image") =>
    call("POST", `/image-servers/${id}/actions/recreate-image`, { name });
  return { emulator, token, call, recreate, jobOf };
}

/** The body of a token request. */
export function tokenRequest(scope: object = { project: { name: world.region } }, password = world.user.password) {
  const { name, domain } = world.user;
  const user = { domain: { name: domain }, name, password };
  return { auth: { identity: { methods: ["password"], password: { user } }, scope } };
}

async function tokenOf(emulator: Emulator): Promise<string> {
  const reply = await send(emulator, "POST", "/v3/auth/tokens", { body: JSON.stringify(tokenRequest()) });
  expect(reply.status).toBe(201);
  return reply.headers.get("X-Subject-Token") ?? "";
}
