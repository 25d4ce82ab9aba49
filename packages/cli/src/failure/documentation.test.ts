import { expect, test } from "vitest";
import { pageOf } from "./documentation.ts";

const site = "https://example.org/aps/";

test("a refusal leads to the page of its code, else to that of the operation, where the site has an address", () => {
  expect(pageOf("RecreateServerImage", "APIGW.0301", site)).toBe(`${site}errors/apigw-0301/`);
  expect(pageOf("RecreateServerImage", undefined, site)).toBe(`${site}reference/recreate-server-image/`);
  expect(pageOf("RecreateServerImage", "APIGW.0301", "")).toBeUndefined();
});
