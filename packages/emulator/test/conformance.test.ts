// Whether the checks of conformance.ts and of useEmulator are wired, and can fail.
import { afterEach, describe, expect, it } from "vitest";
import { routeOf } from "../src/http/router.ts";
import { answerProblems } from "../src/http/validate.ts";
import { createEmulator, type Emulator } from "../src/index.ts";
import { send, start, world } from "./call.ts";
import { made } from "./conformance.ts";

const spoiled: Emulator[] = [];
afterEach(() => {
  for (const emulator of spoiled.splice(0)) (emulator.violations as unknown[]).length = 0;
});

it("every emulator that a test makes is checked", async () => {
  const emulator = createEmulator();
  expect(made).toContain(emulator);
  (emulator.violations as unknown[]).push({ operationId: "ShowImageJob", status: 418, problems: ["made up"] });
  spoiled.push(emulator);
  expect(() => emulator.reset()).toThrow("answers that break the contract");
});

it.each([
  ["a number for its name", { name: 1 }],
  ["a time that is none", { create_time: "yesterday" }],
  ["no id", { id: undefined }],
])("an answer with %s is a violation", async (_what, change) => {
  const { emulator, call } = await start();
  Object.assign(emulator.state.projects.get(world.projectId)?.servers.get(world.serverId) ?? {}, change);
  spoiled.push(emulator);
  expect((await call("GET", `/image-servers/${world.serverId}`)).status).toBe(200);
  expect(emulator.violations).toEqual([
    { operationId: "ShowImageServer", status: 200, problems: [expect.stringMatching(Object.keys(change)[0] ?? "")] },
  ]);
  const { body } = await send(emulator, "GET", "/__emulator/violations");
  expect(body).toEqual(emulator.violations);
});

describe("an error", () => {
  const route = routeOf("ShowImageServer");
  const iam = routeOf("KeystoneListProjects");

  it.each([
    [route, 418, {}, "status 418 is not documented"],
    [route, 404, {}, "code undefined is not documented for status 404"],
    [route, 404, { error_code: "APIGW.0301", error_msg: "x" }, "code APIGW.0301 is not documented for status 404"],
    [route, 404, { error_code: "APIGW.0101" }, "an error without a message"],
    [iam, 401, { error: { code: 403, message: "x", title: "y" } }, "an error of IAM without its status"],
  ])("of %o with status %i and %j is a violation", (of, status, body, problem) => {
    expect(answerProblems(of, status, body).join()).toContain(problem);
  });

  it("that the gateway or IAM documents is none", () => {
    expect(answerProblems(route, 404, { error_code: "APIGW.0101", error_msg: "x" })).toEqual([]);
    expect(answerProblems(iam, 401, { error: { code: 401, message: "x", title: "y" } })).toEqual([]);
  });
});
