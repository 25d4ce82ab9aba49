import { expect, test } from "vitest";
import type { Option } from "./option.ts";
import { parse } from "./parse.ts";
import { UsageError } from "./usage-error.ts";

const options: Option[] = [
  { name: "name", type: "text", about: "" },
  { name: "tag", type: "text", many: true, about: "" },
  { name: "execute-sysprep", alias: "sysprep", type: "switch", negatable: true, about: "" },
  { name: "output", short: "o", type: "text", values: ["table", "json"], about: "" },
];

test("reads texts, switches, aliases, negations, repetitions and positional values", () => {
  const given = parse(
    ["a", "--name", "x", "--tag=1", "--tag", "2", "--no-sysprep", "-o", "json", "--", "--b"],
    options,
    "c",
  );
  expect(given.positionals).toEqual(["a", "--b"]);
  expect([...given.texts]).toEqual([
    ["name", ["x"]],
    ["tag", ["1", "2"]],
    ["output", ["json"]],
  ]);
  expect([...given.switches]).toEqual([["execute-sysprep", false]]);
});

test.each([
  [["--nmae", "x"], "Did you mean --name?"],
  [["--name"], "--name needs a value"],
  [["--name", "--sysprep"], "is an option"],
  [["--name", "a", "--name", "b"], "given twice"],
  [["--sysprep=yes"], "takes no value"],
  [["-o", "jsn"], "Did you mean json?"],
])("refuses %j: %s", (args, text) => {
  expect(() => parse(args, options, "c")).toThrow(UsageError);
  expect(() => parse(args, options, "c")).toThrow(text);
});

test("a value may start with a hyphen", () => {
  expect(parse(["--name=--sysprep"], options, "c").texts.get("name")).toEqual(["--sysprep"]);
  expect(parse(["--name", "-x"], options, "c").texts.get("name")).toEqual(["-x"]);
});
