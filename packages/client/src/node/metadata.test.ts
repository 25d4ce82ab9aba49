import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MetadataService, metadataService, sourceContext } from "../../test/metadata-service.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { fromMetadata } from "./metadata.ts";

const clock = { nowMs: Date.UTC(2026, 0, 1) };
const context = sourceContext(clock);
let service: MetadataService;

beforeEach(async () => {
  service = await metadataService(() => clock.nowMs);
});
afterEach(() => service[Symbol.asyncDispose]());

const source = () => fromMetadata({ endpoint: service.endpoint });
const pass = (minutes: number) => {
  clock.nowMs += minutes * 60_000;
};

describe("keys of the metadata service", () => {
  it.each([true, false])(
    "are obtained once and renewed 40 minutes before they expire (token step: %s)",
    async (tokens) => {
      service.tokens = tokens;
      const keys = source();
      const first = await keys(context);
      expect(first).toMatchObject({ secretAccessKey: "SK", securityToken: "ST" });
      expect(await keys(context)).toBe(first);
      pass(79);
      expect(await keys(context)).toBe(first);
      pass(2);
      // The old keys are good for another 39 minutes, and nobody waits.
      expect(keys(context)).toBe(first);
      expect(keys(context)).toBe(first);
      await expect.poll(() => keys(context)).not.toBe(first);
      const second = await keys(context);
      pass(180);
      const [a, b] = await Promise.all([keys(context), keys(context)]);
      expect(a).not.toBe(second);
      expect(b).toBe(a);
      expect(service.asked.filter((line) => line.startsWith("PUT"))).toHaveLength(1);
      expect(service.asked.filter((line) => line.includes("securitykey"))).toHaveLength(3);
    },
  );

  it("are asked for with a new metadata token when the old one is refused", async () => {
    const keys = source();
    await keys(context);
    service.forgetToken();
    pass(120);
    expect(await keys(context)).toMatchObject({ securityToken: "ST" });
  });

  it.each([503, 429, 500])("are asked for again when the service answers with status %s", async (status) => {
    service.tokens = false;
    service.failures.push(status, status, status);
    expect(await source()(context)).toMatchObject({ securityToken: "ST" });
  });

  it("may come later when the service, which has given some, no longer answers", async () => {
    const keys = source();
    await keys(context);
    pass(180);
    service.failures.push(...Array.from({ length: 5 }, () => 500));
    await expect(keys(context)).rejects.toMatchObject({ isTransient: true });
    expect(service.failures).toEqual([]);
    expect(await keys(context)).toMatchObject({ securityToken: "ST" });
  });

  it("are known to be absent at once on a machine without a metadata service", async () => {
    const keys = source();
    await service[Symbol.asyncDispose]();
    await expect(keys(context)).rejects.toMatchObject({ isTransient: false, isAbsent: true });
  });

  it("are asked for with a token when the service has begun to want one", async () => {
    service.tokens = false;
    const keys = source();
    await keys(context);
    service.tokens = true;
    pass(180);
    expect(await keys(context)).toMatchObject({ securityToken: "ST" });
  });

  it("are not there without an agency", async () => {
    service.agency = false;
    await expect(source()(context)).rejects.toThrow(/no agency/);
  });

  it("are never asked for through a proxy", async () => {
    const proxied: Record<string, string> = { HTTP_PROXY: "http://127.0.0.1:9", NODE_USE_ENV_PROXY: "1" };
    const before = { ...process.env };
    Object.assign(process.env, proxied);
    try {
      expect(await source()(context)).toMatchObject({ securityToken: "ST" });
    } finally {
      for (const name of Object.keys(proxied)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});

it("what is not a token is not shown", async () => {
  service.odd = "secret\nsecret";
  const error = await Promise.resolve(source()(context)).catch((reason) => reason);
  expect(error).toBeInstanceOf(CredentialsError);
  expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain("secret");
});
