import { createEmulator } from "@workspace-aps/emulator";
import document from "@workspace-aps/spec/openapi.json" with { type: "json" };
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { roundsOf } from "../../../scripts/suite/rounds.ts";
import * as operations from "../src/generated/operations.ts";
import { type MethodName, ValidationError } from "../src/index.ts";
import { validate } from "../src/validation/validate.ts";
import { bodySchemaOf, exampleBodyOf } from "./example-body.ts";
import { tokenOf, world } from "./world.ts";

/** Bodies per operation; `npm run soak` tries 100,000 in all, the ordinary tests a share of them. */
const bodies = roundsOf({ usual: 120, long: 5_600 }, import.meta.env.MODE);

const text = fc.oneof(
  fc.constantFrom("", " ", "a", " a", "a ", "a/b", "é", "镜像", "😀", "a\tb", "a\nb", "<", "_sys_a", "0", "a.b_c-d"),
  fc.string({ unit: fc.constantFrom("a", " ", "-", "_", ".", "中", "é", "<", "😀"), maxLength: 6 }),
  fc.integer({ min: 60, max: 66 }).map((length) => "a".repeat(length)),
  fc.integer({ min: 126, max: 130 }).map((length) => "中".repeat(length)),
  fc.integer({ min: 253, max: 257 }).map((length) => "😀".repeat(length)),
  fc.integer({ min: 1022, max: 1026 }).map((length) => "d".repeat(length)),
);
const count = fc.oneof(
  fc.integer({ min: -1, max: 40 }),
  fc.constantFrom(9, 10, 15, 1024, 1025, 1030, 10000, 10001, 32768, 1.5),
);
const choice = fc.constantFrom("USER", "USER_GROUP", "GPU", "CPU", "gold", "private", "SAS", "SSD", "other");
const value = fc.oneof(text, count, choice, fc.boolean(), fc.constant(null));
const ids = fc.array(text, { maxLength: 22 });
const known = [
  ...["name", "description", "enterprise_project_id", "execute_sysprep", "items", "recursive", "unknown", "__proto__"],
  ...[
    "tags",
    "image_ref",
    "root_volume",
    "authorize_accounts",
    "route_policy",
    "attach_apps",
    "is_vdi",
    "extra_session_type",
  ],
];
const tag = fc.dictionary(fc.constantFrom("key", "value", "values"), text, { maxKeys: 3 });
const inner = fc.oneof(
  value,
  ids,
  fc.array(tag, { maxLength: 22 }),
  fc.dictionary(
    fc.constantFrom("id", "image_type", "spce_code", "type", "size", "max_session", "account", "account_type"),
    value,
    { maxKeys: 4 },
  ),
);

/** A body that is the contract's example with some properties changed, so that many are nearly right. */
const changes = fc.dictionary(fc.constantFrom(...known), inner, { maxKeys: 3 });
const removed = fc.subarray(known, { maxLength: 2 });

const schemas = new Ajv2020.default({ strict: false, validateFormats: false });
schemas.addSchema({ schemas: rebase(document.components.schemas) }, "aps");

const withBody = (Object.keys(operations) as MethodName[]).filter((name) => exampleBodyOf(name) !== undefined);

it.each(withBody)(`client, emulator and schema agree on ${bodies} bodies of %s`, async (name) => {
  const emulator = createEmulator({ speed: 0 });
  const token = await tokenOf(emulator);
  const { path, method } = operations[name];
  const url = `http://127.0.0.1${path.replace("{project_id}", world.projectId).replace(/\{\w+\}/g, "1")}`;
  const isValid = schemas.compile(rebase(bodySchemaOf(name)) as object);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(changes, removed, async (changed, without) => {
      const body: Record<string, unknown> = { ...(exampleBodyOf(name) as object), ...changed };
      for (const property of without) delete body[property];
      const json = JSON.stringify(body);
      const given = JSON.parse(json);
      const bySchema = isValid(given) && !hasTwins(given);
      const answer = await emulator.fetch(url, { method, body: json, headers: { "X-Auth-Token": token } });
      accepted += bySchema ? 1 : 0;
      expect([json, clientAccepts(name, given), answer.status !== 400]).toEqual([json, bySchema, bySchema]);
    }),
    { numRuns: bodies, seed: 7 },
  );
  // Both verdicts must be common, or agreement says little.
  expect(accepted / bodies).toBeGreaterThan(0.02);
  expect(accepted / bodies).toBeLessThan(0.98);
});

function clientAccepts(name: MethodName, body: unknown): boolean {
  const parts = Object.fromEntries([...operations[name].path.matchAll(/\{(\w+)\}/g)].map(([, part]) => [part, "1"]));
  try {
    validate(operations[name], { path: { ...parts, project_id: "p" }, body });
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}

/** The one rule that JSON Schema cannot say: no tag key twice. */
function hasTwins(body: unknown): boolean {
  const { tags } = body as { tags?: { key: string }[] };
  return Array.isArray(tags) && new Set(tags.map(({ key }) => key)).size < tags.length;
}

function rebase(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll("#/components/", "aps#/"));
}
