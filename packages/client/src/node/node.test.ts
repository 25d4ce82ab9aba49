import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CredentialContext } from "../credentials/credential.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { defaultCredentials, fromMetadata, fromProfile } from "./index.ts";

let nowMs = Date.UTC(2026, 0, 1);

function context(fetch: typeof globalThis.fetch = nowhere): CredentialContext {
  const iamEndpoint = "http://127.0.0.1";
  const sleep = async (ms: number) => {
    nowMs += ms;
  };
  const limits = { maxAttempts: 5, totalTimeoutMs: 180_000, sleep, random: () => 0.5 };
  return { iamEndpoint, region: undefined, projectId: undefined, fetch, now: () => nowMs, ...limits };
}

const nowhere = async () => {
  throw new TypeError("fetch failed");
};

async function profile(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "aps-profile-")), "credentials");
  await writeFile(path, text);
  return path;
}

/** A metadata service, with or without its token step, that counts what it is asked. */
function metadata(options: { tokens: boolean; agency?: boolean }) {
  const asked: string[] = [];
  let valid = "";
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const { pathname } = new URL(String(input));
    asked.push(`${init?.method ?? "GET"} ${pathname}`);
    if (pathname.endsWith("/token")) {
      if (!options.tokens) return new Response("", { status: 404 });
      valid = `token-${asked.length}`;
      return new Response(valid);
    }
    if (options.agency === false) return new Response("configure an agency", { status: 401 });
    if (options.tokens && new Headers(init?.headers).get("X-Metadata-Token") !== valid) {
      return new Response("token expired", { status: 401 });
    }
    const expires_at = new Date(nowMs + 3_600_000 * 2).toISOString();
    return Response.json({
      credential: { access: `AK${asked.length}`, secret: "SK", securitytoken: "ST", expires_at },
    });
  };
  return {
    fetch: fetch as typeof globalThis.fetch,
    asked,
    forgetToken: () => {
      valid = "gone";
    },
  };
}

describe("fromProfile", () => {
  it("reads the section [basic], with blanks and comments", async () => {
    const path = await profile(
      "[global]\nak = other\n\n; a comment\n[basic]\nak = AK\nsk=S=K\nsecurity_token = ST\nproject_id = P\n",
    );
    expect(await fromProfile({ path })(context())).toEqual({
      type: "accessKey",
      accessKeyId: "AK",
      secretAccessKey: "S=K",
      securityToken: "ST",
      projectId: "P",
    });
  });

  it.each([
    ["no section", "[global]\nak = a\nsk = hidden\n", "has no section [basic]"],
    ["no sk", "[basic]\nak = a\n", "has no sk"],
  ])("says that it has %s, and shows no value", async (_what, text, reason) => {
    const source = fromProfile({ path: await profile(text) });
    const error = await Promise.resolve(source(context())).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain("hidden");
  });
});

describe("fromMetadata", () => {
  it.each([true, false])(
    "obtains keys once and renews them 40 minutes before they expire (token step: %s)",
    async (tokens) => {
      const service = metadata({ tokens });
      const source = fromMetadata();
      const first = await source(context(service.fetch));
      expect(first).toMatchObject({ secretAccessKey: "SK", securityToken: "ST" });
      expect(await source(context(service.fetch))).toBe(first);
      nowMs += 79 * 60_000;
      expect(await source(context(service.fetch))).toBe(first);
      nowMs += 2 * 60_000;
      // The old keys are good for another 39 minutes, and nobody waits.
      expect(source(context(service.fetch))).toBe(first);
      expect(source(context(service.fetch))).toBe(first);
      await new Promise(setImmediate);
      const second = await source(context(service.fetch));
      expect(second).not.toBe(first);
      nowMs += 3 * 3_600_000;
      const [a, b] = await Promise.all([source(context(service.fetch)), source(context(service.fetch))]);
      expect(a).not.toBe(second);
      expect(b).toBe(a);
      expect(service.asked.filter((line) => line.startsWith("PUT"))).toHaveLength(1);
      expect(service.asked.filter((line) => line.includes("securitykey"))).toHaveLength(3);
    },
  );

  it("renews the metadata token once when it is refused", async () => {
    const service = metadata({ tokens: true });
    const source = fromMetadata();
    await source(context(service.fetch));
    service.forgetToken();
    nowMs += 3_600_000 * 2;
    expect(await source(context(service.fetch))).toMatchObject({ securityToken: "ST" });
  });

  it.each([503, 429, 500])("asks again when the service answers with status %s", async (status) => {
    const service = metadata({ tokens: false });
    let failures = 3;
    const flaky: typeof fetch = async (input, init) =>
      String(input).endsWith("securitykey") && failures-- > 0
        ? new Response("", { status })
        : service.fetch(input, init);
    expect(await fromMetadata()(context(flaky))).toMatchObject({ securityToken: "ST" });
  });

  it("asks again when the service, which has given keys, no longer answers, and says that this may pass", async () => {
    const service = metadata({ tokens: true });
    let asked = 0;
    const source = fromMetadata();
    await source(context(service.fetch));
    nowMs += 3 * 3_600_000;
    const gone = async () => {
      asked += 1;
      return nowhere();
    };
    await expect(source(context(gone))).rejects.toMatchObject({ isTransient: true });
    expect(asked).toBe(5);
    expect(await source(context(service.fetch))).toMatchObject({ securityToken: "ST" });
  });

  it("tells a machine without a metadata service at once", async () => {
    let asked = 0;
    const missing = async () => {
      asked += 1;
      return nowhere();
    };
    await expect(fromMetadata()(context(missing))).rejects.toMatchObject({ isTransient: false });
    expect(asked).toBe(1);
  });

  it("takes the token step up again when the service has begun to ask for tokens", async () => {
    const options = { tokens: false };
    const service = metadata(options);
    const source = fromMetadata();
    await source(context(service.fetch));
    options.tokens = true;
    nowMs += 3 * 3_600_000;
    expect(await source(context(service.fetch))).toMatchObject({ securityToken: "ST" });
  });

  it("shows no value of what is not a token", async () => {
    const odd: typeof fetch = async () => new Response("secret\nsecret");
    const error = await Promise.resolve(fromMetadata()(context(odd))).catch((reason) => reason);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain("secret");
  });

  it("says that there is no agency", async () => {
    const service = metadata({ tokens: false, agency: false });
    await expect(fromMetadata()(context(service.fetch))).rejects.toThrow(/no agency/);
  });
});

describe("defaultCredentials", () => {
  it("takes the environment before the profile", async () => {
    const path = await profile("[basic]\nak = profile\nsk = s\n");
    const environment = { HUAWEICLOUD_SDK_AK: "environment", HUAWEICLOUD_SDK_SK: "s" };
    expect(await defaultCredentials({ profile: { path }, environment })(context())).toMatchObject({
      accessKeyId: "environment",
    });
    expect(await defaultCredentials({ profile: { path }, environment: {} })(context())).toMatchObject({
      accessKeyId: "profile",
    });
  });

  it("takes the metadata service last", async () => {
    const service = metadata({ tokens: true });
    const source = defaultCredentials({ profile: { path: "/nowhere" }, environment: {} });
    expect(await source(context(service.fetch))).toMatchObject({ securityToken: "ST" });
  });

  it("says that this may pass when the metadata service is overloaded", async () => {
    const overloaded: typeof fetch = async () => new Response("", { status: 500 });
    const source = defaultCredentials({ profile: { path: "/nowhere" }, environment: {} });
    await expect(source(context(overloaded))).rejects.toMatchObject({ isTransient: true });
    expect(await source(context(metadata({ tokens: true }).fetch))).toMatchObject({ securityToken: "ST" });
  });

  it("says what it tried when nothing fits", async () => {
    const source = defaultCredentials({ profile: { path: "/nowhere/credentials" }, environment: {} });
    await expect(source(context())).rejects.toThrow(
      /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK not set.*\/nowhere\/credentials cannot be read \(ENOENT\).*no metadata service/,
    );
  });
});
