import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { tokenRequest, world } from "./call.ts";

it("runs where there is nothing but the web platform, under a policy that forbids to make code", async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "..", "src", "index.ts")],
    bundle: true,
    // Fails on every module of Node.
    platform: "browser",
    format: "iife",
    globalName: "aps",
    write: false,
  });
  const web = {
    Request,
    Response,
    Headers,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    ReadableStream,
    Uint8Array,
  };
  const page = createContext(
    { ...web, structuredClone, setTimeout, result: undefined },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(outputFiles[0]?.text ?? "", page);
  const path = `/v1/${world.projectId}/image-servers/${world.serverId}`;
  const status = await runInContext(
    `(async () => {
      const emulator = aps.createEmulator({ jobs: "instant" });
      const token = await emulator.fetch("http://aps.test/v3/auth/tokens", {
        method: "POST",
        body: ${JSON.stringify(JSON.stringify(tokenRequest()))},
      });
      const headers = { "X-Auth-Token": token.headers.get("X-Subject-Token") };
      await emulator.fetch("http://aps.test${path}/actions/recreate-image", {
        method: "POST",
        headers,
        body: '{ "name": "image" }',
      });
      return (await (await emulator.fetch("http://aps.test${path}", { headers })).json()).status;
    })()`,
    page,
  );
  expect(status).toBe("BUILT");
});
