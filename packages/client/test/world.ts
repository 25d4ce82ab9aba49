import { createEmulator, defaultWorld, type EmulatorOptions } from "@workspace-aps/emulator";
import * as operations from "../src/generated/operations.ts";
import { accessKey, type CallOptions, type ClientOptions, createClient } from "../src/index.ts";

const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
if (!project || !server || !user?.password || !key) throw new Error("The default world is empty.");

/** The ids and secrets of the emulator's default world. */
export const world = {
  projectId: project.id,
  region: project.name,
  serverId: server.id,
  key: { accessKeyId: key.id, secretAccessKey: key.secret },
  user: { domainName: user.domain, userName: user.name, password: user.password },
};

/** An emulator and a client of it that share a virtual time, which passes only while somebody sleeps. */
export function virtual(clientOptions: Partial<ClientOptions> = {}, emulatorOptions: EmulatorOptions = {}) {
  let nowMs = Date.UTC(2026, 10, 1);
  const sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    nowMs += ms;
  };
  const emulator = createEmulator({ realNow: () => nowMs, sleep, ...emulatorOptions });
  const sent: string[] = [];
  const client = createClient({
    operations,
    region: world.region,
    endpoint: "http://127.0.0.1:4010",
    projectId: world.projectId,
    credentials: accessKey(world.key),
    now: () => nowMs,
    sleep,
    random: () => 0.5,
    fetch: (input, init) => {
      sent.push(`${init?.method} ${new URL(String(input)).pathname.split("/").slice(3).join("/")}`);
      return emulator.fetch(input as string, init);
    },
    ...clientOptions,
  });
  return {
    emulator,
    client,
    /** Every request that the client sent: method and path after the project. */
    sent,
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** Makes methods of a client take 4 s of virtual time each, and notes when each call would have had to end. */
export function slowly({ now, pass }: Pick<ReturnType<typeof virtual>, "now" | "pass">) {
  const ends: number[] = [];
  const slow =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    (...args: Args) => {
      ends.push(now() + ((args[1] as CallOptions).totalTimeoutMs ?? Number.POSITIVE_INFINITY));
      pass(4_000);
      return method(...args);
    };
  return { ends, slow };
}

/** A token of the default world's user for its project. */
export async function tokenOf(emulator: ReturnType<typeof createEmulator>): Promise<string> {
  const { domainName, userName, password } = world.user;
  const user = { domain: { name: domainName }, name: userName, password };
  const scope = { project: { id: world.projectId } };
  const body = JSON.stringify({ auth: { identity: { methods: ["password"], password: { user } }, scope } });
  const response = await emulator.fetch("http://127.0.0.1/v3/auth/tokens", { method: "POST", body });
  return response.headers.get("X-Subject-Token") ?? "";
}
