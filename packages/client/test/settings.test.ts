import { describe, expect, it } from "vitest";
import { type ClientOptions, createClient, regionHosts, token } from "../src/index.ts";

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

  it("is one endpoint for both when one is given", () => {
    const settings = settingsOf({ region: "cn-north-4", endpoint: "http://127.0.0.1:4010/" });
    expect(settings).toMatchObject({ endpoint: "http://127.0.0.1:4010", iamEndpoint: "http://127.0.0.1:4010" });
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
