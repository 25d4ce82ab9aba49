import { expect, test } from "vitest";
import { conditionOf, itemsWhere } from "./where.ts";

const items = [
  { id: 1, status: "ACTIVE", at: { time: "2026-11-01T00:00:00Z" }, size: 9 },
  { id: 2, status: "ERROR", at: { time: "2026-11-28T00:00:00Z" }, size: 10 },
  { id: 3, status: null },
];
const now = Date.parse("2026-11-29T00:00:00Z");

test.each([
  ["status=ACTIVE", [1]],
  ["status=act*", [1]],
  ["status!=ACTIVE", [2, 3]],
  ["status=", [3]],
  ["at.time>7d", [2]],
  ["at.time < 2026-11-02", [1]],
  ["size>9", [2]],
])("%s", (text, ids) => {
  expect(itemsWhere(items, [conditionOf(text)], now).map((item) => (item as { id: number }).id)).toEqual(ids);
});

test.each(["status", "=a", "a~b"])("%s is no condition", (text) => {
  expect(() => conditionOf(text)).toThrow("--where takes a field");
});

test("a time is not compared with what is none", () => {
  expect(() => itemsWhere(items, [conditionOf("at.time>soon")], now)).toThrow('given was "soon"');
});
