import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["craete", ["create", "wait"], "create"],
  ["nam", ["name", "description"], "name"],
  ["desc", ["name", "description"], "description"],
  ["ap-southest-1", ["ap-southeast-1", "ap-southeast-2"], "ap-southeast-1"],
  ["FAILD", ["FAILED", "RUNNING"], "FAILED"],
  ["zebra", ["create", "wait"], undefined],
  ["x", ["name", "output"], undefined],
])("%s is nearest to one of %j: %s", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});
