import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/operations.ts";
import { accessKey, createClient, ValidationError } from "../src/index.ts";
import { check } from "../src/validation/check.ts";
import { holdItems } from "../src/validation/hold-items.ts";
import type { Schema } from "../src/validation/schema.ts";

const [server] = defaultWorld.servers;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!server || !key) throw new Error("The default world is empty.");
const credentials = accessKey({ accessKeyId: key.id, secretAccessKey: key.secret });
const recreate = { path: { server_id: server.id }, body: { name: "image_name_0508" } };

interface Case {
  readonly what: string;
  readonly pointer: string;
  readonly rule: string;
  readonly request: object;
}

const body = (what: string, field: string, rule: string, value: unknown): Case => ({
  what: `${field} ${what}`,
  pointer: `/body/${field}`,
  rule,
  request: { ...recreate, body: { ...recreate.body, [field]: value } },
});
const serverId = (value: string, rule: string): Case => ({
  what: `server_id ${value.length > 20 ? "of 129 characters" : JSON.stringify(value)}`,
  pointer: "/path/server_id",
  rule,
  request: { ...recreate, path: { server_id: value } },
});

const refused: Case[] = [
  { what: "name missing", pointer: "/body/name", rule: "required", request: { ...recreate, body: {} } },
  body("empty", "name", "minLength", ""),
  body("of 129 characters", "name", "maxLength", "a".repeat(129)),
  body("with a leading space", "name", "pattern", " a"),
  body("with a trailing space", "name", "pattern", "a "),
  body("with a tab", "name", "pattern", "a\tb"),
  body("with a slash", "name", "pattern", "a/b"),
  body("with é", "name", "pattern", "é"),
  body("with an emoji", "name", "pattern", "a😀"),
  body("with <", "description", "pattern", "a < b"),
  body("with a line break", "description", "pattern", "a\nb"),
  body("with a leading space", "description", "pattern", " a"),
  body("of 1025 characters", "description", "maxLength", "a".repeat(1025)),
  body('"true"', "execute_sysprep", "type", "true"),
  body("unknown", "descripton", "additionalProperties", "a"),
  serverId("../x", "pattern"),
  serverId("..", "pattern"),
  serverId("a/b", "pattern"),
  serverId("a?b", "pattern"),
  serverId("a%2Fb", "pattern"),
  serverId("", "minLength"),
  serverId("a".repeat(129), "maxLength"),
];

function setUp(validate: boolean) {
  const emulator = createEmulator();
  const sent: string[] = [];
  const client = createClient({
    operations,
    region: "ap-southeast-1",
    endpoint: "http://127.0.0.1:4010",
    credentials,
    validate,
    fetch: (input, init) => {
      sent.push(`${init?.method} ${new URL(String(input)).pathname}`);
      return emulator.fetch(input as string, init);
    },
  });
  return { client, emulator, sent };
}

describe("a request that breaks a rule", () => {
  it.each(refused)("$what: the client names field and rule, and sends nothing", async ({ pointer, rule, request }) => {
    const { client, sent } = setUp(true);
    const error = await client.recreateServerImage(request as typeof recreate).catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.issues).toEqual([expect.objectContaining({ pointer, rule })]);
    expect(error.message).toContain(pointer);
    expect(sent).toEqual([]);
  });

  it.each(refused)("$what: the emulator refuses it too, and no image is started", async ({ pointer, request }) => {
    const { client, emulator } = setUp(false);
    const error = await client.recreateServerImage(request as typeof recreate).catch((reason) => reason);
    const field = pointer.split("/").at(-1) as string;
    if (error.status === 400) expect(error.body.error_msg).toContain(field);
    // A path value that the client itself refuses to send, whether it validates or not.
    else expect(error.issues).toEqual([expect.objectContaining({ pointer })]);
    for (const project of emulator.state.projects.values()) expect(project.jobs.size).toBe(0);
  });

  it("is told of an id that is a BigInt, which JSON does not have", async () => {
    const { client } = setUp(true);
    const error = await client
      .showImageJob({ path: { job_id: 697354472828968961n as never } })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.issues).toEqual([
      expect.objectContaining({ pointer: "/path/job_id", rule: "type", given: "697354472828968961" }),
    ]);
  });

  it("is told all at once, with the nearest known property", async () => {
    const { client } = setUp(true);
    const request = { ...recreate, body: { nam: "x", description: "<" } } as unknown as typeof recreate;
    const error: ValidationError = await client.recreateServerImage(request).catch((reason) => reason);
    expect(error.issues.map((issue) => issue.rule)).toEqual(["required", "additionalProperties", "pattern"]);
    expect(error.issues[1]?.suggestion).toBe("name");
  });
});

describe("a value that breaks several rules", () => {
  const rulesOf = async (name: string) => {
    const error = await setUp(true)
      .client.recreateServerImage({ ...recreate, body: { name } })
      .catch((reason) => reason);
    return error.issues.map(({ rule }: { rule: string }) => rule);
  };

  it("is told of all of them: too long, and with a forbidden character", async () => {
    expect(await rulesOf(`${"a".repeat(200)}/`)).toEqual(["maxLength", "pattern"]);
  });

  it("is told of one when it is empty, or only too long", async () => {
    expect(await rulesOf("")).toEqual(["minLength"]);
    expect(await rulesOf("a".repeat(129))).toEqual(["maxLength"]);
  });

  it.each([
    [{ type: "string", maxLength: 3, pattern: "^\\S{1,3}$" }, "abcd", ["maxLength"]],
    [{ type: "string", minLength: 2, pattern: "^[a-z]+$" }, "A", ["minLength", "pattern"]],
    [{ type: "string", pattern: "^[a-z]+$" }, "", ["pattern"]],
    [{ type: "integer", maximum: 1024, multipleOf: 10 }, 1025, ["maximum", "multipleOf"]],
    [{ type: "integer", minimum: 10, multipleOf: 10 }, 5, ["minimum", "multipleOf"]],
    [{ type: "array", maxItems: 1, uniqueItems: true, holdItems }, ["a", "a"], ["maxItems", "uniqueItems"]],
  ] as [Schema, unknown, string[]][])("%j of %j: %j", (schema, value, rules) => {
    expect(check(schema, value).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe("a request at the edge of the rules", () => {
  it.each([
    ["a name of 128 characters", { name: "a".repeat(128) }],
    ["a Chinese name", { name: "镜像任务" }],
    ["a description of 1024 characters", { name: "a", description: "d".repeat(1024) }],
    ["an empty description", { name: "a", description: "" }],
    ["Sysprep", { name: "a", execute_sysprep: true }],
  ])("%s is accepted by both", async (_what, given) => {
    const { client } = setUp(true);
    expect((await client.recreateServerImage({ ...recreate, body: given })).job_id).toMatch(/^\d{18}$/);
  });
});
