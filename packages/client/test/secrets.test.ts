import { inspect } from "node:util";
import { expect, it } from "vitest";
import { accessKey, type ClientEvent, password, token } from "../src/index.ts";
import { virtual, world } from "./world.ts";

const secrets = [world.key.secretAccessKey, world.user.password, "token-secret-7f3a"];
const calls = [
  { credentials: accessKey(world.key) },
  { credentials: password(world.user) },
  { credentials: token("token-secret-7f3a") },
  { credentials: accessKey({ ...world.key, secretAccessKey: "wrong" }) },
  { credentials: password({ ...world.user, userName: "nobody" }) },
];

it("no secret is in any error, event, inspection or JSON", async () => {
  const seen: unknown[] = [];
  for (const options of calls) {
    for (const effect of [
      undefined,
      { type: "cut", afterWork: false },
      { type: "answer", status: 401, body: {} },
      { type: "answer", status: 500, body: "<html>" },
    ] as const) {
      const { client, emulator } = virtual({ ...options, onEvent: (event: ClientEvent) => seen.push(event) });
      if (effect !== undefined) emulator.faults.add({ times: 99, effect });
      seen.push(client, options.credentials);
      seen.push(
        await client.recreateServerImage({ path: { server_id: "1" }, body: { name: "image" } }).catch((error) => error),
      );
      seen.push(await client.listImageServers().catch((error) => error));
    }
  }
  expect(seen.length).toBeGreaterThan(100);
  for (const value of seen) {
    const shown = [inspect(value, { depth: 12, showHidden: true }), String(value), JSON.stringify(value) ?? ""];
    if (value instanceof Error) shown.push(value.stack ?? "", inspect(value.cause, { depth: 12, showHidden: true }));
    for (const text of shown) for (const secret of secrets) expect(text).not.toContain(secret);
  }
});
