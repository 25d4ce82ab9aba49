import { expect, it } from "vitest";
import { accessKey } from "./access-key.ts";
import { fromEnvironment } from "./environment.ts";
import { token } from "./token.ts";

const context = { iamEndpoint: undefined, region: undefined, projectId: undefined, fetch, now: Date.now };

it.each([
  ["a line break", "hidden\n"],
  ["a line break", "hidden\r"],
  ["a blank", "hidden "],
  ["a blank", "\uFEFFhidden"],
  ["a quote", '"hidden"'],
  ["a quote", "'hidden"],
])(
  "a part with %s at an end is refused before it is sent, with its name and without its value",
  async (what, value) => {
    const pair = { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "s" };
    const refusals: [string, () => unknown][] = [
      ["accessKeyId", () => accessKey({ accessKeyId: value, secretAccessKey: "s" })],
      ["secretAccessKey", () => accessKey({ accessKeyId: "a", secretAccessKey: value })],
      ["securityToken", () => accessKey({ accessKeyId: "a", secretAccessKey: "s", securityToken: value })],
      ["HUAWEICLOUD_SDK_SK", () => fromEnvironment({ ...pair, HUAWEICLOUD_SDK_SK: value })(context)],
      ["HUAWEICLOUD_SDK_PROJECT_ID", () => fromEnvironment({ ...pair, HUAWEICLOUD_SDK_PROJECT_ID: value })(context)],
      ["token", () => token(value)(context)],
    ];
    for (const [name, make] of refusals) {
      const error = await (async () => make())().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        name: "CredentialsError",
        message: expect.stringContaining(`${name} begins or ends`),
      });
      expect(String(error)).toContain(what);
      expect(String(error)).not.toContain("hidden");
    }
  },
);

it("the variables of a federated identity, which would win in the vendor's SDKs, are not passed over", () => {
  const variables = { HUAWEICLOUD_SDK_IDP_ID: "i", HUAWEICLOUD_SDK_ID_TOKEN_FILE: "f", HUAWEICLOUD_SDK_AK: "a" };
  expect(() => fromEnvironment(variables)(context)).toThrow(/federated identity, which is not supported/);
});
