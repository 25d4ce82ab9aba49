import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import imageService from "@workspace-aps/spec/ims.json" with { type: "json" };
import contract from "@workspace-aps/spec/openapi.json" with { type: "json" };
import { expect, test } from "vitest";
import { commands } from "../src/generated/commands.ts";
import { environmentFor, start, startTarget } from "./aps.ts";
import { has } from "./terminal.ts";

const table = [...commands].map((command) => [command.words.join(" "), command] as const);

test("there is a command for each operation of the contract, of the image service too", () => {
  const operationIds = [contract.paths, imageService.paths].flatMap((paths) =>
    Object.values<object>(paths).flatMap((item) =>
      Object.values(item).flatMap((operation) => ("operationId" in operation ? [operation.operationId] : [])),
    ),
  );
  expect(new Set(commands.map(({ operationId }) => operationId))).toEqual(new Set(operationIds));
});

test.each(table)(
  "aps %s: the example of its help is accepted by the client and by the service",
  async (_words, command) => {
    await using target = await startTarget({ world: await worldFor(command.example) });
    const dry = await target.aps(...command.example, "--dry-run", "-o", "json");
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(target.emulator.requests).toHaveLength(0);
    const run = await target.aps(...command.example, ...(command.takesAway ? ["--yes"] : []), "-o", "json", "--quiet");
    // What the example names does not exist everywhere; a request that is refused for its shape would be a 400.
    if (run.code === 7) expect(run.err).toContain("status 404");
    else if (run.code === 2) expect(run.err).toMatch(/do(es)? not exist\. Nothing was sent\./);
    // Within a success each server may be refused by itself.
    else if (run.code === 1) expect(run.out).toMatch(/"error_code": "WKS\.00211902"/);
    else expect([run.code, run.err]).toEqual([0, ""]);
    expect(run.json()).toBeTypeOf("object");
    expect(target.emulator.violations).toEqual([]);
  },
);

test.each(table)("aps %s --help shows its arguments with their limits and the example", async (words, command) => {
  const { code, out, err } = await start([...command.words, "--help"]).ended;
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain(`Usage: aps ${words}`);
  for (const { name } of command.positionals) expect(out).toContain(`<${name}>`);
  for (const { name, alias } of command.flags) expect(out).toMatch(new RegExp(`--(\\[no-\\])?${alias ?? name}`));
  expect(out).toMatch(/Examples?:\n {2}aps /);
});

test("a field that must be given names no default", async () => {
  const { out } = await start(["server", "delete", "--help"]).ended;
  const recursive = /--\[no-\]recursive {2}.*?\n\n/s.exec(out)?.[0];
  expect(recursive).toContain("Required.");
  expect(recursive).not.toMatch(/default/i);
});

test("a body comes from a file, options override it, and objects are given by their fields", async () => {
  await using target = await startTarget();
  const folder = await mkdtemp(join(tmpdir(), "aps-body-"));
  const file = join(folder, "body.json");
  // Some editors begin a file with a byte order mark.
  await writeFile(file, `\uFEFF${JSON.stringify({ name: "from-file", vpc_id: "v", unknown_field: 1 })}`);
  const create = ["server", "create", "--body", file, "--dry-run", "-o", "json"];
  const wrong = await target.aps(...create, "--name", "by-option", "--root-volume-size", "15", "--tags", "key=team");
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("/body/unknown_field is not a known property");
  expect(wrong.err).toContain("--root-volume-size must be a multiple of 10");
  expect(wrong.err).toContain("--tags[0].value is required");
  expect(wrong.err).not.toContain("--name");

  await writeFile(file, JSON.stringify({ name: "from-file", vpc_id: "v", subnet_id: "s", product_id: "p" }));
  const more = ["--name", "by-option", "--root-volume-type", "SAS", "--root-volume-size", "60", "--image-ref-id", "i"];
  const lists = [
    "--image-ref-image-type",
    "private",
    "--authorize-accounts",
    "account=a\\,b,domain=corp",
    "--no-is-vdi",
  ];
  const right = await target.aps(
    ...create,
    ...more,
    ...lists,
    "--tags",
    "key=team,value=x",
    "--tags",
    '{"key":"k","value":"v"}',
  );
  expect(right.err).toBe("");
  expect(right.json().body).toEqual({
    name: "by-option",
    vpc_id: "v",
    subnet_id: "s",
    product_id: "p",
    root_volume: { type: "SAS", size: 60 },
    image_ref: { id: "i", image_type: "private" },
    authorize_accounts: [{ account: "a,b", account_type: "USER", domain: "corp" }],
    is_vdi: false,
    tags: [
      { key: "team", value: "x" },
      { key: "k", value: "v" },
    ],
  });
  await rm(folder, { recursive: true });
});

test("the signed curl command is accepted as it is printed, and holds no secret", async () => {
  await using target = await startTarget();
  const run = await target.aps("server", "list", "--server-name", "a'b 镜像 $HOME", "--limit", "1", "--curl");
  expect(run.code).toBe(0);
  expect(run.out + run.err).not.toContain(target.environment.HUAWEICLOUD_SDK_SK);
  expect(target.emulator.requests).toHaveLength(0);
  const [url] = /http:\/\/[^\s']+/.exec(run.out) ?? [];
  const headers = [...run.out.matchAll(/--header '([^:]+): ([^']+)'/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const answer = await fetch(url ?? "", { headers: Object.fromEntries(headers) });
  expect(answer.status).toBe(200);
});

test.runIf(has("sh"))("the token of temporary keys is no argument of curl, which everybody sees", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aps-curl-"));
  const fake = join(folder, "curl");
  await writeFile(fake, '#!/bin/sh\necho "arguments: $*"\ncat\n', { mode: 0o700 });
  const environment = { ...environmentFor("http://127.0.0.1:9"), HUAWEICLOUD_SDK_SECURITY_TOKEN: "a secret token" };
  const { out } = await start(["server", "list", "--curl"], environment).ended;
  const shell = spawnSync("sh", ["-c", out], { env: { ...environment, PATH: `${folder}:${process.env.PATH}` } });
  const [called = "", ...input] = String(shell.stdout).split("\n");
  expect(called).toMatch(/^arguments: --request GET --url .* --header @- --header authorization: SDK-HMAC-SHA256/);
  expect(called).not.toContain("a secret token");
  expect(input).toContain("x-security-token: a secret token");
  await rm(folder, { recursive: true });
});

async function worldFor(example: readonly string[]) {
  const ids = example.filter((word) => /^[0-9a-f-]{18,36}$/.test(word));
  const known = new Set(defaultWorld.servers.map(({ id }) => id));
  const [{ projectId } = { projectId: "" }] = defaultWorld.servers;
  const more = ids.filter((id) => !known.has(id)).map((id) => ({ id, projectId, name: id }));
  return { ...defaultWorld, servers: [...defaultWorld.servers, ...more] };
}
