import { describe, expect, it } from "vitest";
import { listImageServers } from "../src/generated/operations.ts";
import {
  accessKey,
  type ClientOptions,
  createClient,
  fromEnvironment,
  password,
  regionHosts,
  token,
} from "../src/index.ts";

const key = { accessKeyId: "a", secretAccessKey: "s" };

function settingsOf(options: Omit<ClientOptions, "credentials">) {
  return createClient({ ...options, credentials: token("t") }).settings;
}

describe("where a client sends to", () => {
  it("is the host of the region, and its IAM", () => {
    expect(settingsOf({ region: "cn-north-4" })).toMatchObject({
      endpoint: "https://appstream.cn-north-4.myhuaweicloud.com",
      iamEndpoint: "https://iam.cn-north-4.myhuaweicloud.com",
    });
  });

  it("is the global IAM for a region without one of its own", () => {
    expect(settingsOf({ region: "af-north-1" }).iamEndpoint).toBe("https://iam.myhuaweicloud.com");
  });

  it.each(["http://127.0.0.1:4010", "http://localhost:4010", "http://[::1]:4010"])(
    "is one endpoint for both when it is on this machine, as an emulator is: %s",
    (endpoint) => {
      const settings = settingsOf({ region: "cn-north-4", endpoint: `${endpoint}/` });
      expect(settings).toMatchObject({ endpoint, iamEndpoint: endpoint });
    },
  );

  it("is the IAM of the region beside an endpoint elsewhere", () => {
    const endpoint = "https://appstream.example";
    expect(settingsOf({ region: "cn-north-4", endpoint }).iamEndpoint).toBe("https://iam.cn-north-4.myhuaweicloud.com");
    expect(settingsOf({ region: "eu-west-101", endpoint }).iamEndpoint).toBeUndefined();
  });

  it("is asked for where nobody can know the IAM", async () => {
    const endpoint = "https://appstream.example";
    const client = createClient({ region: "eu-west-101", endpoint, credentials: accessKey(key) });
    await expect(client.projectId()).rejects.toThrow(/IAM of region eu-west-101 .* projectId or an iamEndpoint/);
    const user = password({ domainName: "d", userName: "u", password: "p" });
    const fetch = () => Promise.reject(new TypeError("Nothing is to be sent."));
    const other = createClient({ endpoint, projectId: "p", credentials: user, maxAttempts: 1, fetch });
    await expect(other.call(listImageServers)).rejects.toThrow(/a known region, or an iamEndpoint/);
  });

  it("is the IAM that the credentials name, unless the client was told another", async () => {
    const named = fromEnvironment({
      HUAWEICLOUD_SDK_AK: "a",
      HUAWEICLOUD_SDK_SK: "s",
      HUAWEICLOUD_SDK_IAM_ENDPOINT: "https://iam.named",
    });
    const asked: string[] = [];
    const fetch = async (input: unknown) => {
      asked.push(new URL(String(input)).host);
      return Response.json({ projects: [{ id: "p" }] });
    };
    const options = { region: "cn-north-4", credentials: named, fetch: fetch as typeof globalThis.fetch };
    await createClient(options).projectId();
    await createClient({ ...options, iamEndpoint: "https://iam.told" }).projectId();
    await createClient({ ...options, endpoint: "http://127.0.0.1:4010" }).projectId();
    expect(asked).toEqual(["iam.named", "iam.told", "127.0.0.1:4010"]);
  });

  it.each([
    ["https://Host.Example:443/", "https://host.example"],
    ["HTTP://host.example:8080/base//", "http://host.example:8080/base"],
  ])("is %s as fetch writes it, so that the host that is signed is the host that is sent: %s", (endpoint, expected) => {
    expect(settingsOf({ endpoint }).endpoint).toBe(expected);
  });

  it.each(["ftp://host", "host", "https://host?x=1", "https://host/#x", "https://user@host", ""])(
    "is never %j",
    (endpoint) => {
      expect(() => settingsOf({ endpoint })).toThrow(/endpoint must be an http or https URL/);
    },
  );

  it("is told with the nearest region when the region is unknown", () => {
    expect(() => settingsOf({ region: "cn-nort-4" })).toThrow(/"cn-nort-4" is not known. Did you mean cn-north-4\?/);
    expect(() => settingsOf({})).toThrow(/give a region or an endpoint/);
  });

  it("is known of every region of the contract", () => {
    expect(Object.keys(regionHosts).length).toBeGreaterThanOrEqual(17);
    for (const region of Object.keys(regionHosts)) {
      expect(settingsOf({ region })).toMatchObject({
        endpoint: regionHosts[region],
        iamEndpoint: expect.stringMatching(/^https:\/\/iam\.(.+\.)?myhuaweicloud\.com$/),
      });
    }
  });
});
