import { expect, it } from "vitest";
import { readArguments } from "../src/node/arguments.ts";

it.each([
  [["--port", "x"], '--port must be a number from 0 to 65535; given was "x"'],
  [["--port", "70000"], '--port must be a number from 0 to 65535; given was "70000"'],
  [["--speed", "-1"], '--speed must be a number from 0; given was "-1"'],
  [["--speed", "--quiet"], "--speed needs a value: --speed <factor>"],
  [["--quiet=no"], '--quiet takes no value; given was "no"'],
  [["--unkind=x"], '--unkind must be a number from 0; given was "x"'],
  [["--skew", "soon"], '--skew must be a number of seconds; given was "soon"'],
  [["--log", "xml"], '--log must be lines, json or none; given was "xml"'],
  [["--speed=-1"], '--speed must be a number from 0; given was "-1"'],
  [["--seed="], '--seed must be a number from 0; given was ""'],
  [["--jobs", "later"], '--jobs must be clock, poll or instant; given was "later"'],
  [["--prot", "1"], "--prot is not known"],
  [["now"], '"now" is no option'],
  [["--world", "/nowhere.json"], "--world /nowhere.json: ENOENT"],
])("%j is refused with the reason", (args, message) => {
  expect(() => readArguments(args)).toThrow(message);
});

it("reads options with their values, in either way of writing them", () => {
  expect(readArguments(["--speed", "100", "--skew=-60", "--unkind", "--log", "json"])).toMatchObject({
    port: 4010,
    speed: 100,
    skewMs: -60_000,
    unkind: 1,
    log: "json",
  });
  expect(readArguments(["--unkind=7", "--quiet"])).toMatchObject({ unkind: 7, log: "none" });
  expect(readArguments([])).toMatchObject({ unkind: false, log: "lines" });
});
