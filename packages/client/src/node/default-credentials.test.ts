import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type MetadataService, metadataService, sourceContext } from "../../test/metadata-service.ts";
import { defaultCredentials } from "./default-credentials.ts";

const clock = { nowMs: 0 };
const context = sourceContext(clock);
const folder = mkdtempSync(join(tmpdir(), "aps-credentials-"));
const whole = { HUAWEICLOUD_SDK_AK: "environment", HUAWEICLOUD_SDK_SK: "s" };
let service: MetadataService;

beforeEach(async () => {
  service = await metadataService(() => clock.nowMs);
});
afterEach(() => service[Symbol.asyncDispose]());

function credentials(environment: Record<string, string>, profile?: string) {
  const path = join(folder, profile === undefined ? "missing" : "credentials");
  if (profile !== undefined) writeFileSync(path, profile);
  return defaultCredentials({ environment, profile: { path }, metadata: { endpoint: service.endpoint } });
}

it("the environment comes before the profile, and the profile before the metadata service", async () => {
  const profile = "[basic]\nak = profile\nsk = s\n";
  expect(await credentials(whole, profile)(context)).toMatchObject({ accessKeyId: "environment" });
  expect(await credentials({}, profile)(context)).toMatchObject({ accessKeyId: "profile" });
  expect(await credentials({})(context)).toMatchObject({ securityToken: "ST" });
});

it.each<[string, Record<string, string>, string, RegExp]>([
  [
    "the environment",
    { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "" },
    "[basic]\nak = b\nsk = s\n",
    /SDK_SK not set/,
  ],
  ["the profile", {}, "[basic]\nak = a\nskk = s\n", /sk not set/],
])("half a key of %s ends the search, lest another account be taken", async (_where, environment, profile, reason) => {
  await expect(async () => credentials(environment, profile)(context)).rejects.toThrow(reason);
  expect(service.asked).toEqual([]);
});

it("says that this may pass when the metadata service is overloaded", async () => {
  service.tokens = false;
  service.failures.push(...Array.from({ length: 5 }, () => 500));
  const source = credentials({});
  await expect(source(context)).rejects.toMatchObject({ isTransient: true });
  expect(await source(context)).toMatchObject({ securityToken: "ST" });
});

it("says what it tried when nothing fits", async () => {
  const source = credentials({});
  await service[Symbol.asyncDispose]();
  await expect(source(context)).rejects.toThrow(
    /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK not set.*missing does not exist.*no metadata service/,
  );
});
