import { expect, it } from "vitest";
import { serveHealth } from "./health.ts";

it("a worker that is out of touch with its database is alive and not ready", async () => {
  await using health = await serveHealth("0", -1);
  const status = async (path: string) => (await fetch(new URL(path, health.url))).status;
  expect([await status("/"), await status("/alive")]).toEqual([503, 200]);
  await using well = await serveHealth("127.0.0.1:0", 60_000);
  expect(await (await fetch(well.url)).json()).toMatchObject({ status: "working" });
  await expect(serveHealth("everywhere", 0)).rejects.toThrow("--health is a port or host:port");
});
