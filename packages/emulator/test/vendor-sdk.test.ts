import core from "@huaweicloud/huaweicloud-sdk-core";
import sdk from "@huaweicloud/huaweicloud-sdk-core/HcClient.js";
import http from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js";
import { expect, it } from "vitest";
import { useEmulator } from "../src/vitest/index.ts";
import { world } from "./call.ts";

const test = useEmulator({ speed: 0 });

/** The vendor's own client, which each of its service packages calls. */
function vendorClient() {
  const credential = new core.BasicCredentials()
    .withAk(world.key.id)
    .withSk(world.key.secret)
    .withProjectId(world.projectId);
  const logger = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => "error" as never,
    setName() {},
  };
  return new sdk.HcClient(new http.DefaultHttpClient({ logger }, [test.url]))
    .withEndpoints([test.url])
    .withCredential(credential);
}

function call(method: string, path: string, { data, query = {} }: { data?: object; query?: object } = {}) {
  return vendorClient().sendRequest<Record<string, unknown>>({
    method,
    url: `/v1/{project_id}${path}`,
    contentType: "application/json",
    queryParams: query,
    pathParams: { project_id: world.projectId },
    headers: {},
    ...(data === undefined ? {} : { data }),
  });
}

it("the vendor's SDK makes an image, unmodified, with its own signatures", async () => {
  const { job_id: jobId } = await call("POST", `/image-servers/${world.serverId}/actions/recreate-image`, {
    data: { name: "镜像 0508", description: "This is an image recreate desc." },
  });
  test.emulator.clock.advance(30 * 60_000);
  const job = await call("GET", `/image-server-jobs/${jobId}`);
  expect(job).toMatchObject({ status: "SUCCESS", sub_jobs: [{ job_resource_info: { resource_name: "镜像 0508" } }] });

  const list = await call("GET", "/image-servers", { query: { limit: 10, offset: 0, server_name: "golden image/x" } });
  expect(list).toMatchObject({ count: 0, items: [] });
  await call("PATCH", "/image-servers/actions/batch-delete", { data: { items: [world.serverId], recursive: true } });
  test.emulator.clock.advance(30 * 60_000);
  await expect(call("GET", `/image-servers/${world.serverId}`)).rejects.toMatchObject({ httpStatusCode: 404 });
  expect(test.emulator.violations).toEqual([]);
});

it("the vendor's SDK understands a refusal", async () => {
  const refused = call("POST", `/image-servers/${world.serverId}/actions/recreate-image`, { data: { name: "a/b" } });
  await expect(refused).rejects.toMatchObject({ httpStatusCode: 400, errorCode: expect.stringMatching(/^WKS\./) });
});
