import packaged from "@sparticuz/chromium";
import { createEmulator } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { useEmulator } from "@workspace-aps/emulator/vitest";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { browserOptions } from "../../../scripts/suite/browser.ts";
import { resettingFront } from "./resetting-front.ts";
import { world } from "./world.ts";

const service = useEmulator({ jobs: "instant" });
let browser: Browser;
let script: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "@workspace-aps/client"; export * from "@workspace-aps/client/sign";
        export * as operations from "@workspace-aps/client/operations";`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: "iife",
    globalName: "aps",
    platform: "browser",
    write: false,
  });
  script = outputFiles[0]?.text ?? "";
  browser = await chromium.launch(await browserOptions(packaged));
});

afterAll(() => browser?.close());

it.each([
  ["an access key", `aps.accessKey(${JSON.stringify(world.key)})`],
  ["a password", `aps.password(${JSON.stringify(world.user)})`],
])("makes an image in a browser with %s", async (_what, credentials) => {
  const page = await openPage();
  const imageId = await page.evaluate(`(async () => {
    const client = aps.createClient({
      endpoint: location.origin,
      region: ${JSON.stringify(world.region)},
      projectId: ${JSON.stringify(world.projectId)},
      credentials: ${credentials},
    });
    const { jobId } = await aps.createImage(client, { serverId: ${JSON.stringify(world.serverId)}, name: "镜像" });
    return (await aps.waitForImageJob(client, jobId, { firstLookMs: 0 })).imageId;
  })()`);
  expect(imageId).toMatch(/^[0-9a-f-]{36}$/);
  await page.close();
});

it("makes one image, and knows its job, when a browser repeats the request because its connection was reset", async () => {
  // The job goes on when the second request comes; else the service could only take that for an order of its own.
  const emulator = createEmulator({ jobs: "poll" });
  const server = await serve(emulator, { port: 0 });
  await using front = await resettingFront(Number(new URL(server.url).port), "/actions/recreate-image");
  const page = await openPage(front.url);
  const made = await page.evaluate(`(async () => {
    const client = aps.createClient({
      endpoint: location.origin,
      projectId: ${JSON.stringify(world.projectId)},
      credentials: aps.accessKey(${JSON.stringify(world.key)}),
    });
    const { jobId } = await aps.createImage(client, { serverId: ${JSON.stringify(world.serverId)}, name: "office" });
    const { imageId } = await aps.waitForImageJob(client, jobId, { firstLookMs: 0, intervalMs: 20 });
    return [[jobId], [imageId]];
  })()`);
  await page.close();
  const project = emulator.state.projects.get(world.projectId);
  expect(made).toEqual([[...(project?.jobs.keys() ?? [])], [...(project?.images.keys() ?? [])]]);
  // The client sends it once. The other is the browser's, on a new connection.
  expect(front.count()).toBe(2);
  await server.close();
});

it("signs in a browser as in Node", async () => {
  const page = await openPage();
  const headers = await page.evaluate(`aps.signRequest(
    { method: "POST", url: "https://service.endpoint.myhuaweicloud.com/resources?size=1", body: '{"name":"test","id":1}' },
    { accessKeyId: "AccessKey", secretAccessKey: "SecretKey" },
    new Date("2020-06-08T02:39:00Z"),
  )`);
  expect(headers).toMatchObject({
    Authorization: expect.stringMatching(/Signature=436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f$/),
  });
  await page.close();
});

it("asks a service for leave to send no header but those that it needs, from a worker either", async () => {
  const page = await openPage();
  const program = `
    const names = async (credentials, call) => {
      let sent;
      const fetch = async (_url, init) => {
        sent = Object.keys(init.headers).sort();
        return Response.json({ items: [] });
      };
      await call(aps.createClient({ operations: aps.operations, endpoint: "https://aps.test", projectId: "p", credentials, fetch }));
      return sent;
    };
    const all = async () => [
      await names(aps.token("t"), (client) => client.listImageServers()),
      await names(aps.accessKey({ accessKeyId: "a", secretAccessKey: "s" }), (client) => client.listImageServers()),
    ];`;
  const expected = [["x-auth-token"], ["authorization", "x-project-id", "x-sdk-date"]];
  expect(await page.evaluate(`(async () => { ${program} return all(); })()`)).toEqual(expected);
  const source = `${script}; ${program}; all().then((found) => postMessage(found), (error) => postMessage(String(error)));`;
  const inWorker = await page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([text])));
        worker.onmessage = ({ data }) => resolve(data);
      }),
    source,
  );
  expect(inWorker).toEqual(expected);
  await page.close();
});

it("says what is missing where a page cannot sign, and authenticates with a token there", async () => {
  const page = await openPage("http://insecure.test");
  const failure = await page.evaluate(`(async () => {
    const fetch = async () => { throw new Error("Sent."); };
    const credentials = aps.accessKey({ accessKeyId: "a", secretAccessKey: "s" });
    const client = aps.createClient({ operations: aps.operations, endpoint: "https://aps.test", projectId: "p", credentials, fetch });
    return client.listImageServers().catch((error) => [isSecureContext, error.name, error.message]);
  })()`);
  expect(failure).toEqual([
    false,
    "CredentialsError",
    expect.stringMatching(/needs Web Crypto.*https or on localhost/),
  ]);
  const count = await page.evaluate(`(async () => {
    const fetch = async () => Response.json({ count: 0, items: [] });
    const client = aps.createClient({ operations: aps.operations, endpoint: "https://aps.test", projectId: "p", credentials: aps.token("t"), fetch });
    return (await client.listImageServers()).count;
  })()`);
  expect(count).toBe(0);
  await page.close();
});

/** A page of the emulator's own origin, because the service lets no other page call it. */
async function openPage(origin = service.url): Promise<Page> {
  const page = await browser.newPage();
  await page.route("**/page", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto(`${origin}/page`);
  await page.addScriptTag({ content: script });
  return page;
}
