import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serverId } from "./aps.ts";
import { type Fleet, pace, startFleet } from "./fleet.ts";

const folder = join(import.meta.dirname, "..", "schemas");
const ajv = new Ajv2020({ allErrors: true });
/** What a person writes; it is tried where it is read. */
const files = (await readdir(folder)).filter((file) => file !== "golden.schema.json");
for (const file of files) ajv.addSchema(JSON.parse(await readFile(join(folder, file), "utf8")));

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet(6);
});
afterAll(() => fleet[Symbol.asyncDispose]());

/** A group, and the image that its servers have, so that a rollout has nothing to move. */
const [{ id: group, imageId: present }] = defaultWorld.serverGroups as unknown as [{ id: string; imageId: string }];

const [{ id: appServer }] = defaultWorld.appServers as unknown as [{ id: string }];

const create = (server: number, name: string, ...more: string[]) => [
  "image",
  "create",
  `server-${server}`,
  "--name",
  name,
  ...more,
];

test.each([
  ["error", ["server", "show", "nope"]],
  ["error", ["server", "list", "--fields", "nope"]],
  ["started-job", create(0, "a")],
  ["ended-job", create(1, "b", "--wait", ...pace)],
  ["image", create(2, "c", "--journal", "{folder}/j", ...pace)],
  ["images", ["image", "create", "--from", "{list}", ...pace]],
  ["deleted", ["server", "delete", "server-4", "--recursive", "--yes", "--wait", ...pace]],
  ["deleted", ["server", "delete", "server-5", "--recursive", "--yes"]],
  ["server-items", ["app-server", "reinstall-one", appServer, "--wait", ...pace]],
  ["doctor", ["doctor"]],
  ["request", create(3, "d", "--dry-run")],
  ["request", create(3, "d", "--curl")],
  ["rollout-plan", ["rollout", "plan", group, "--image", present, "--plan", "{folder}/p"]],
  ["rollout", ["rollout", "start", "--plan", "{folder}/p"]],
  ["rollout-status", ["rollout", "status", "--journal", "{folder}/p.journal"]],
  ["pruned-images", ["image", "prune", "--name", "office-*", "--keep", "1", "--dry-run"]],
  ["pipeline-dry-run", ["pipeline", "run", "{folder}/golden.yaml", "--dry-run"]],
  ["pipeline", ["pipeline", "run", "{folder}/golden.yaml"]],
])("the document that schemas/%s.schema.json describes: aps %j", async (name, args) => {
  await fleet.file(
    "golden.yaml",
    `image:\n  server: server-3\n  name: office-2026-11\n  if-exists: use\nrollout:\n  groups: [${group}]\n`,
  );
  const list = await fleet.file("l.csv", "server_id,name\nserver-3,l\nnope,m\n");
  const given = args.map((arg) => arg.replace("{folder}", fleet.folder).replace("{list}", list));
  const run = await fleet.aps(...given, "-o", "json", "-q");
  const validate = ajv.getSchema(name);
  expect(validate?.(run.json()), JSON.stringify([validate?.errors, run.json()])).toBe(true);
  // With anything else the schema is held against it too.
  expect(validate?.({ unlike: serverId })).toBe(false);
});

test("every schema is tried", async () => {
  const text = await readFile(import.meta.filename, "utf8");
  for (const file of files) expect(text).toContain(`["${file.replace(".schema.json", "")}", `);
});
