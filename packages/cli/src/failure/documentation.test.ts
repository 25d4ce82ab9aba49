import { expect, test } from "vitest";
import { pageOf } from "./documentation.ts";

test("an operation has a page where the site has an address", () => {
  expect(pageOf("RecreateServerImage", "https://example.org/aps/")).toBe(
    "https://example.org/aps/reference/recreate-server-image/",
  );
  expect(pageOf("RecreateServerImage", "")).toBeUndefined();
});
