import { expect, it } from "vitest";
import { checkCache } from "./check.ts";

it("a second clean clone restores every task from a cache server", async () => {
  const [first, second] = await checkCache(["build", "lint", "typecheck"]);
  expect(first.done.length).toBeGreaterThan(12);
  expect(first.restored).toEqual([]);
  expect(second.done).toEqual([]);
  expect(second.restored).toEqual(first.done);
}, 300_000);
