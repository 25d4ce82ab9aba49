import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/ims-operations.ts";
import {
  ApiError,
  accessKey,
  createClient,
  createImage,
  methodsOf,
  paginateImages,
  waitForImageJob,
} from "../src/index.ts";
import { virtual, world } from "./world.ts";

/** The image service of a client that shares its virtual time with an emulator. */
function imageService(options: Parameters<typeof virtual>[0] = {}) {
  const made = virtual(options);
  return { ...made, ims: methodsOf(made.client, operations) };
}

describe("the image service of a client", () => {
  it("lists, tags, counts and deletes the image that was made", async () => {
    const { client, ims } = imageService();
    const { jobId } = await createImage(client, { serverId: world.serverId, name: "office" });
    const { imageId } = await waitForImageJob(client, jobId);
    const tags = [{ key: "state", value: "candidate" }];
    const path = { image_id: imageId };
    expect(await ims.batchAddOrDeleteTags({ path, body: { action: "create", tags } })).toBeUndefined();
    const { images } = await ims.listImages({ query: { __imagetype: "private", tag: "state=candidate" } });
    expect(images).toMatchObject([{ id: imageId, name: "office" }]);
    const used = async () => (await ims.showImageQuota()).quotas.resources[0]?.used ?? Number.NaN;
    const before = await used();
    expect(await ims.glanceDeleteImage({ path })).toBeUndefined();
    expect((await ims.listImages({ query: { id: imageId } })).images).toEqual([]);
    expect(await used()).toBe(before - 1);
  });

  it("shows a list to its end, by pages of any size, and no image twice", async () => {
    const { ims } = imageService();
    const walk = async (limit: number) => {
      const ids = [];
      for await (const { id } of paginateImages(ims.listImages, { query: { limit } })) ids.push(id);
      return ids;
    };
    const { images } = await ims.listImages();
    expect(images.length).toBeGreaterThan(2);
    for (const limit of [1, 2, images.length, 100]) expect(await walk(limit)).toEqual(images.map(({ id }) => id));
  });

  it("is at its own host of the region, and signs which project a request is for", async () => {
    let sent: [unknown, Record<string, string>] = ["", {}];
    const fetch = (async (url: unknown, init?: RequestInit) => {
      sent = [url, init?.headers as Record<string, string>];
      return Response.json({ images: [] });
    }) as typeof globalThis.fetch;
    const credentials = accessKey(world.key);
    const client = createClient({ operations, region: world.region, projectId: "p", credentials, fetch });
    await client.listImages({ query: { name: "office" } });
    const [url, headers] = sent;
    expect(url).toBe(`https://ims.${world.region}.myhuaweicloud.com/v2/cloudimages?name=office`);
    expect(headers["x-project-id"]).toBe("p");
    expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-project-id/);
  });

  it("is tried again as any other service, and says so", async () => {
    const retries: unknown[] = [];
    const { emulator, ims } = imageService({ onEvent: (event) => event.type === "retry" && retries.push(event) });
    emulator.faults.add({ operation: "ListImages", times: 2, effect: { type: "answer", status: 503, body: {} } });
    expect((await ims.listImages({ query: { name: "nobody's" } })).images).toEqual([]);
    expect(retries).toMatchObject([1, 2].map((attempt) => ({ operationId: "ListImages", attempt })));
  });

  it("refuses in its own words, which are an ApiError as any other", async () => {
    const { emulator, ims } = imageService();
    const body = { error: { code: "IMG.0002", message: "no" } };
    emulator.faults.add({ operation: "ListImages", effect: { type: "answer", status: 403, body } });
    const error = await ims.listImages().catch((reason) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 403, code: "IMG.0002", body, permission: "ims:images:list" });
    expect(error.message).toMatch(/ListImages: refused with status 403 \(IMG.0002 no\)/);
  });
});
