import { describe, expect, it } from "vitest";
import { NotSentError } from "../src/index.ts";
import { virtual, world } from "./world.ts";

const recreate = { path: { server_id: world.serverId }, body: { name: "image" } };

describe("beforeSend", () => {
  it("is awaited right before every attempt, and not before a request that only reads", async () => {
    const { client, emulator, sent } = virtual();
    const order: string[] = [];
    emulator.faults.add({
      operation: "RecreateServerImage",
      times: 2,
      effect: { type: "answer", status: 429, body: {} },
    });
    const beforeSend = async () => {
      await Promise.resolve();
      order.push(`asked after ${sent.length}`);
    };
    await client.recreateServerImage(recreate, { beforeSend });
    await client.listImageServers({}, { beforeSend });
    expect(order).toEqual(["asked after 0", "asked after 1", "asked after 2"]);
  });

  it("holds a request back by throwing: nothing is sent, and the error says why", async () => {
    const { client, sent } = virtual();
    const cause = new Error("the lease is another's");
    const beforeSend = () => Promise.reject(cause);
    const error = await client.recreateServerImage(recreate, { beforeSend }).catch((reason) => reason);
    expect(error).toBeInstanceOf(NotSentError);
    expect(error).toMatchObject({ operationId: "RecreateServerImage", cause });
    expect(error.message).toBe("RecreateServerImage was not sent: beforeSend held it back (the lease is another's).");
    expect(sent).toEqual([]);
  });

  it("that comes too late sends nothing any more", async () => {
    const { client, sent } = virtual({ timeoutMs: 5 });
    let release = () => {};
    const beforeSend = () => new Promise<void>((resolve) => (release = resolve));
    await expect(client.recreateServerImage(recreate, { beforeSend })).rejects.toBeInstanceOf(NotSentError);
    release();
    await new Promise(setImmediate);
    expect(sent).toEqual([]);
  });
});
