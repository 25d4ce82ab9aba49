import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/operations.ts";
import {
  type CredentialSource,
  CredentialsError,
  createClient,
  createImage,
  password,
  waitForImageJob,
} from "../src/index.ts";
import { virtual, world } from "./world.ts";

const image = { serverId: world.serverId, name: "image" };
const login = "KeystoneCreateUserTokenByPassword";
const hour = 3_600_000;

function withPassword(options: Parameters<typeof virtual>[0] = {}) {
  const made = virtual({ credentials: password(world.user), ...options });
  const logins = () => made.sent.filter((line) => line === "POST tokens").length;
  return { ...made, logins };
}

describe("a failure of IAM that passes", () => {
  it.each([
    ["an overloaded IAM", { type: "answer", status: 503, body: {} }],
    ["throttling", { type: "answer", status: 429, headers: { "Retry-After": "2" } }],
    ["a proxy's page", { type: "answer", status: 200, body: "<html>" }],
    ["a broken connection", { type: "cut", afterWork: false }],
    ["an answer cut short", { type: "body", body: "truncated" }],
    [
      "an answer without a token",
      { type: "answer", status: 201, body: { token: null }, headers: { "X-Subject-Token": "x" } },
    ],
  ] as const)("%s: the request for a token is repeated, and the call is made", async (_what, effect) => {
    const { client, emulator, logins, sent } = withPassword();
    emulator.faults.add({ operation: login, times: 3, effect });
    expect((await createImage(client, image)).jobId).toMatch(/^\d{18}$/);
    expect(logins()).toBe(4);
    expect(sent.filter((line) => line.endsWith("recreate-image"))).toHaveLength(1);
  });

  it("waits as long as IAM asks", async () => {
    const { client, emulator, now } = withPassword();
    const before = now();
    emulator.faults.add({ operation: login, effect: { type: "answer", status: 429, headers: { "Retry-After": "7" } } });
    await client.listImageServers();
    expect(now() - before).toBeGreaterThanOrEqual(7_000);
  });

  it("is said to be transient when it does not pass in time, and not to be in doubt", async () => {
    const { client, emulator, logins, sent } = withPassword();
    emulator.faults.add({ operation: login, times: 99, effect: { type: "answer", status: 503, body: {} } });
    const error = await createImage(client, image).catch((reason) => reason);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.isTransient).toBe(true);
    expect(error.message).toMatch(/status 503/);
    expect(logins()).toBe(5);
    expect(sent).toHaveLength(5);
  });

  it("does not end a wait that renews its token in the middle of it", async () => {
    const { client, emulator, logins } = withPassword();
    const { jobId } = await createImage(client, image);
    emulator.state.tokens.clear();
    emulator.faults.add({ operation: login, times: 50, effect: { type: "cut", afterWork: false } });
    const seen: unknown[] = [];
    const made = await waitForImageJob(client, jobId, { onProgress: ({ error }) => seen.push(error) });
    expect(made.jobId).toBe(jobId);
    expect(logins()).toBe(52);
    expect(seen.filter((error) => error instanceof CredentialsError)).toHaveLength(10);
  });

  it("does not keep a lost image from being found", async () => {
    const { client, emulator } = withPassword();
    await client.listImageServers();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
    emulator.faults.add({ operation: "ListImageSubJobs", times: 2, effect: { type: "answer", status: 401, body: {} } });
    emulator.faults.add({ operation: login, times: 8, effect: { type: "answer", status: 503, body: {} } });
    const { jobId } = await createImage(client, image);
    expect([...(emulator.state.projects.get(world.projectId)?.jobs.keys() ?? [])]).toEqual([jobId]);
  });
});

describe("a failure of IAM that somebody has to mend", () => {
  it("is told at once, and not tried again", async () => {
    const cause = Object.assign(new Error("x"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    let asked = 0;
    const fetch = async () => {
      asked += 1;
      throw new TypeError("fetch failed", { cause });
    };
    const { client } = withPassword({ fetch });
    const error = await createImage(client, image).catch((reason) => reason);
    expect(error).toMatchObject({ name: "CredentialsError", isTransient: false });
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(asked).toBe(1);
  });
});

describe("a refusal by IAM", () => {
  it.each([401, 403])("with status %s ends a wait at once, and is not repeated", async (status) => {
    const { client, emulator, logins } = withPassword();
    const { jobId } = await createImage(client, image);
    emulator.state.tokens.clear();
    const body = { error: { code: status, message: "The password is wrong.", title: "Unauthorized" } };
    emulator.faults.add({ operation: login, times: 99, effect: { type: "answer", status, body } });
    const error = await waitForImageJob(client, jobId).catch((reason) => reason);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.isTransient).toBe(false);
    expect(error.message).toMatch(/user emulator of account emulator-domain.*The password is wrong/);
    expect(logins()).toBe(2);
  });
});

describe("a token that will soon expire", () => {
  it("is renewed beside the calls, which do not wait for it", async () => {
    const { client, emulator, logins, pass } = withPassword();
    await client.listImageServers();
    pass(24 * hour - 4 * 60_000);
    await client.listImageServers();
    expect(logins()).toBe(2);
    await settled();
    pass(10 * 60_000);
    await client.listImageServers();
    expect(logins()).toBe(2);
    expect(emulator.requests.every(({ status }) => status < 300)).toBe(true);
  });

  it("goes on being used while IAM is out of reach, which is not asked at every call", async () => {
    const { client, emulator, logins, pass } = withPassword();
    await client.listImageServers();
    pass(24 * hour - 5 * 60_000);
    emulator.faults.add({ operation: login, times: 999, effect: { type: "cut", afterWork: false } });
    for (let call = 0; call < 30; call++) {
      await client.listImageServers();
      await settled();
    }
    expect(logins()).toBeLessThanOrEqual(1 + 5);
    emulator.faults.clear();
    pass(6 * 60_000);
    await client.listImageServers();
  });
});

describe("many calls that wait for one token", () => {
  it("make one request, a thousand calls at once", async () => {
    const { client, emulator, logins, pass } = withPassword();
    await client.listImageServers();
    pass(25 * hour);
    emulator.state.tokens.clear();
    await Promise.all(Array.from({ length: 1000 }, () => client.listImageServers()));
    expect(logins()).toBe(2);
  });

  it("make one request when the service refuses the token of them all", async () => {
    const { client, emulator, logins } = withPassword();
    await client.listImageServers();
    emulator.state.tokens.clear();
    await Promise.all(Array.from({ length: 1000 }, () => client.listImageServers()));
    expect(logins()).toBe(2);
  });

  it("share the attempts, and the error, when IAM stays out of reach", async () => {
    const { client, emulator, logins } = withPassword();
    emulator.faults.add({ operation: login, times: 9999, effect: { type: "cut", afterWork: false } });
    const errors = await Promise.all(
      Array.from({ length: 1000 }, () => client.listImageServers().catch((error: unknown) => error)),
    );
    expect(new Set(errors).size).toBe(1);
    expect(logins()).toBe(5);
  });

  it("are not failed by one of them that is aborted", async () => {
    const gate = gated();
    const { client } = withPassword({ fetch: gate.fetch });
    gate.passTo(virtual().emulator.fetch);
    const controller = new AbortController();
    const aborted = client.listImageServers({}, { signal: controller.signal });
    const others = [client.listImageServers(), client.listImageServers()];
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    gate.open();
    for (const other of others) expect((await other).items).toHaveLength(1);
  });
});

describe("a call that waits for credentials", () => {
  const silent: CredentialSource = () => new Promise(() => {});

  it("ends at once when it is aborted", async () => {
    const { client, sent } = virtual({ credentials: silent });
    const controller = new AbortController();
    const call = createImage(client, { ...image, signal: controller.signal });
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    expect(sent).toEqual([]);
  });

  it("that was aborted before asks for none, whose failure would be nobody's", async () => {
    let asked = 0;
    const credentials: CredentialSource = async () => {
      asked += 1;
      throw new CredentialsError("The vault is sealed.");
    };
    const { client } = virtual({ credentials });
    await expect(createImage(client, { ...image, signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(asked).toBe(0);
  });

  it("whose project they name ends in its time, and does not keep later calls from being made", async () => {
    let asked = 0;
    const credentials: CredentialSource = (context) => {
      asked += 1;
      return asked === 1 ? silent(context) : { type: "accessKey", ...world.key, projectId: world.projectId };
    };
    const { client } = virtual({ credentials, projectId: undefined, totalTimeoutMs: 20 });
    await expect(client.projectId()).rejects.toThrow(/no credentials within 20 ms/);
    expect((await client.listImageServers()).items).toHaveLength(1);
  });

  it("ends with its own time, and says that nothing was sent", async () => {
    const { client, sent } = virtual({ credentials: silent, totalTimeoutMs: 20 });
    const error = await createImage(client, image).catch((reason) => reason);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ isTransient: true });
    expect(error.message).toMatch(/ShowImageServer was not sent: no credentials within 20 ms/);
    expect(sent).toEqual([]);
  });

  it("ends with its own time, and at once when aborted, while its project is looked up", async () => {
    const { client } = virtual({ projectId: undefined, fetch: () => new Promise(() => {}), totalTimeoutMs: 20 });
    await expect(client.listImageServers()).rejects.toThrow(/ListImageServers was not sent: no project within 20 ms/);
    const controller = new AbortController();
    const call = client.listImageServers({}, { signal: controller.signal, totalTimeoutMs: 60_000 });
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
  });
});

describe("the look-up of the project", () => {
  it("ends for who gives it up, and goes on for the others", async () => {
    const { client: answers } = virtual({ projectId: undefined });
    const gate = gated();
    const { client } = virtual({ projectId: undefined, fetch: gate.fetch });
    gate.passTo(answers.settings.fetch as typeof fetch);
    const controller = new AbortController();
    const given = client.projectId({ signal: controller.signal });
    const others = [client.projectId(), client.projectId({ signal: new AbortController().signal })];
    controller.abort("enough");
    await expect(given).rejects.toBe("enough");
    gate.open();
    expect(await Promise.all(others)).toEqual([world.projectId, world.projectId]);
    // What is known by now is not given to who wants nothing any more.
    await expect(client.projectId({ signal: controller.signal })).rejects.toBe("enough");
  });
});

describe("a source of credentials", () => {
  it("may serve clients of several projects, and gives each a token of its own", async () => {
    const { emulator } = virtual();
    const other = { id: "b4da8115c9d8464ead3a38309130523f", name: "cn-north-4" };
    emulator.state.projects.set(other.id, { ...emulator.state.projects.get(world.projectId), ...other } as never);
    const credentials = password(world.user);
    const clientOf = (projectId: string) =>
      createClient({ operations, endpoint: "http://127.0.0.1", projectId, credentials, fetch: emulator.fetch });
    for (const projectId of [world.projectId, other.id]) await clientOf(projectId).listImageServers();
    expect([...emulator.state.tokens.values()].map(({ projectId }) => projectId)).toEqual([world.projectId, other.id]);
  });

  it("is asked again for keys that the service refuses, and the call is repeated once with others", async () => {
    let reads = 0;
    const vault: CredentialSource = ({ refused }) => {
      const secretAccessKey = refused === undefined ? "rotated away" : world.key.secretAccessKey;
      reads += 1;
      return { type: "accessKey", ...world.key, secretAccessKey };
    };
    const { client, emulator } = virtual({ credentials: vault });
    await client.listImageServers();
    expect(reads).toBe(2);
    expect(emulator.requests.map(({ status }) => status)).toEqual([401, 200]);
  });

  it("that gives the same keys again costs no second refusal, which would lock them", async () => {
    const wrong = { ...world.key, secretAccessKey: "wrong" };
    const { client, emulator } = virtual({ credentials: () => ({ type: "accessKey", ...wrong }) });
    await expect(client.listImageServers()).rejects.toMatchObject({ status: 401 });
    expect(emulator.requests).toHaveLength(1);
  });

  it.each([
    ["a token", () => ({ type: "token", token: "secret\n" })],
    ["a security token", () => ({ type: "accessKey", ...world.key, securityToken: "secret\n" })],
    ["an access key id", () => ({ type: "accessKey", ...world.key, accessKeyId: "secret\n" })],
  ] as [string, CredentialSource][])(
    "of a source of one's own whose value ends in a line break is refused: %s is not shown",
    async (_what, credentials) => {
      const { client, sent } = virtual({ credentials });
      const error = await client.listImageServers().catch((reason) => reason);
      expect(error).toBeInstanceOf(CredentialsError);
      expect(error.message).toMatch(/cannot be sent in a header/);
      expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain("secret");
      expect(sent).toEqual([]);
    },
  );
});

/** Lets work that nobody waits for come to its end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** A fetch that holds every request back until it is opened. */
function gated() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let target: typeof fetch = fetch;
  return {
    open,
    passTo: (next: unknown) => {
      target = next as typeof fetch;
    },
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      await opened;
      return target(input, init);
    },
  };
}
