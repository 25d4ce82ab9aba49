import { expect, it } from "vitest";
import { adviceFor } from "./advice.ts";

const change = (rule: string) => ({
  where: "",
  verdict: "risky" as const,
  rule,
  says: "`size`: It differs.",
  pointer: "",
  operations: [],
  pages: [],
});

it.each([
  "request-limit-narrowed",
  "request-enum-undecided",
  "request-known-values",
  "request-values-listed",
  "request-type-changed",
  "request-null-narrowed",
  "request-choice-undecided",
  "request-field-added",
])("tells callers what to hold what they send against, after %s", (rule) => {
  expect(adviceFor([change(rule)])).toEqual(["Check what you send as `size` against what is accepted now."]);
});

it("says once what several changes ask for, and nothing of what is safe", () => {
  const changes = [change("answer-field-removed"), change("answer-field-withdrawn")];
  expect(adviceFor([...changes, { ...change("host-removed"), verdict: "safe" }])).toEqual([
    "Do not read `size` any more.",
  ]);
});
