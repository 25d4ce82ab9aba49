import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";
import { UsageError } from "./usage-error.ts";

test.each([
  ["90", 90_000],
  ["90s", 90_000],
  ["60m", 3_600_000],
  ["1h30m", 5_400_000],
  ["500ms", 500],
  ["1.5h", 5_400_000],
])("%s is %d ms", (text, ms) => {
  expect(parseDuration(text, "timeout")).toBe(ms);
});

test.each(["", "0", "0s", "-1s", "1d", "1 h", "m", "10sx"])("%j is refused", (text) => {
  expect(() => parseDuration(text, "timeout")).toThrow(UsageError);
});

test.each([
  [400, "0.4 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [1_415_000, "23 m 35 s"],
  [3_900_000, "1 h 05 m"],
])("%d ms reads %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
