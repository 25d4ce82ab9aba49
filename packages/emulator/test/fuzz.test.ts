import fc from "fast-check";
import { expect, it } from "vitest";
import { roundsOf } from "../../../scripts/suite/rounds.ts";
import { routes } from "../src/generated/contract.ts";
import { findRoute } from "../src/http/router.ts";
import { start, world } from "./call.ts";
import { exampleBody } from "./example-call.ts";

/** Requests; `npm run soak` sends 50,000, the ordinary tests a share of them. */
const requests = roundsOf({ usual: 3_000, long: 50_000 }, import.meta.env.MODE);

const odd = fc.constantFrom(
  "",
  ".",
  "..",
  "%",
  "%zz",
  "%00",
  "%2F",
  "a/b",
  "😀",
  "\u0000",
  "a".repeat(200),
  "é",
  "%E4%B8",
  "//",
  ";x=1",
  "\ud800",
);
const segment = fc.oneof(
  odd,
  fc.string({ maxLength: 8 }),
  fc.constantFrom(world.projectId, world.serverId, world.groupId, world.appServerId),
);
const path = fc.oneof(
  fc.constantFrom(...routes.map((route) => route.path)).chain((template) =>
    fc.array(segment, { minLength: 2, maxLength: 2 }).map(([a, b]) =>
      template
        .replace("{project_id}", world.projectId)
        .replace(/\{\w+\}/, () => String(a))
        .replace(/\{\w+\}/g, () => String(b)),
    ),
  ),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`),
);
const query = fc.array(
  fc.tuple(
    fc.constantFrom("limit", "offset", "job_type", "status", "server_name", "x", "%", "limit"),
    fc.oneof(odd, fc.integer().map(String), fc.string({ maxLength: 5 })),
  ),
  { maxLength: 4 },
);
const headers = fc.dictionary(
  fc.constantFrom(
    "x-auth-token",
    "authorization",
    "x-sdk-date",
    "content-type",
    "x-project-id",
    "x-security-token",
    "__proto__",
  ),
  fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constant(`SDK-HMAC-SHA256 Access=${world.key.id}, SignedHeaders=host;x-sdk-date, Signature=${"0".repeat(64)}`),
    fc.constantFrom("20261301T999999Z", "application/json", "text/plain"),
  ),
  { maxKeys: 3 },
);
const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
/** JSON that a parser takes and hardly anybody sends. */
const oddJson = fc.constantFrom(
  ...[
    "null",
    "true",
    "-0",
    "1e999",
    "9".repeat(400),
    "1.5",
    '""',
    '"\\ud800"',
    '"\\u0000"',
    '"\\u202e"',
    '"\\ufeff"',
    "[[]]",
  ],
  ...[
    '{"__proto__":{"x":1}}',
    '{"constructor":1}',
    '["a","a"]',
    deep(2_000),
    `["${"a".repeat(200)}"]`,
    '[{"key":"a"},{"key":"a"}]',
  ],
);
/** A body that is right but for some of its properties. */
const nearlyRight = fc
  .tuple(
    fc.constantFrom(...routes.filter(({ hasBody }) => hasBody).map(exampleBody)),
    fc.array(fc.tuple(fc.nat(30), fc.oneof(oddJson, fc.json({ maxDepth: 3 }))), { minLength: 1, maxLength: 2 }),
  )
  .map(([example, changes]) => {
    const properties = Object.entries(JSON.parse(example) as object).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ]);
    for (const [index, json] of changes) {
      const property = properties[index % (properties.length + 1)];
      if (property === undefined) properties.push(["__proto__", json]);
      else property[1] = json;
    }
    return `{${properties.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`;
  });
const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .oneof(
      fc.json(),
      nearlyRight,
      fc.constantFrom(
        "{",
        '{"name":"a"}',
        "[".repeat(2000),
        "\uFEFF{}",
        '{"name":"a","name":"b"}',
        '{"name":1}{"name":2}',
      ),
    )
    .map((text) => new TextEncoder().encode(text)),
);
const method = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO", "get");

it(`${requests} malformed requests get documented answers only`, async () => {
  const { emulator, token } = await start();
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      method,
      path,
      query,
      headers,
      body,
      fc.boolean(),
      async (verb, target, pairs, given, bytes, withToken) => {
        const answer = await emulator.handle({
          method: verb,
          path: target,
          query: pairs.map(([name, value]) => `${name}=${value}`).join("&"),
          headers: { host: "127.0.0.1", ...given, ...(withToken ? { "x-auth-token": token } : {}) },
          body: bytes,
        });
        statuses.add(answer.status);
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers["X-Request-Id"]).toMatch(/^[0-9a-f]{32}$/);
        if (answer.text !== "") JSON.parse(answer.text);
        const match = findRoute(verb, target);
        if (typeof match !== "string") expect(Object.keys(match.route.answers)).toContain(String(answer.status));
      },
    ),
    { numRuns: requests, seed: 11 },
  );
  expect(emulator.violations).toEqual([]);
  // The requests must get past the router and past the gateway, or little was tried.
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400, 401, 404, 405]));
});
