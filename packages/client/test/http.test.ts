import { inspect } from "node:util";
import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { type ClientOptions, ConnectionError, ValidationError } from "../src/index.ts";
import { virtual, world } from "./world.ts";

const servers = "/v1/{project_id}/image-servers";
const server = "/v1/{project_id}/image-servers/{server_id}";
const path = { project_id: world.projectId };
const params = { path };

/** A client, the emulator that it calls, and every request that reaches it. */
function watched(options: Partial<ClientOptions> = {}) {
  const requests: Request[] = [];
  const made: ReturnType<typeof virtual> = virtual({
    fetch: (input, init) => {
      requests.push(new Request(input, init));
      return made.emulator.fetch(input as string, init);
    },
    ...options,
  });
  return { client: made.client, emulator: made.emulator, requests };
}

describe("middleware of client.http", () => {
  it("sees each request and its answer, those of methods too", async () => {
    const { client } = watched();
    const seen: string[] = [];
    client.http.use({
      onRequest: ({ request, schemaPath }) => void seen.push(`${request.method} ${schemaPath}`),
      onResponse: ({ response }) => void seen.push(String(response.status)),
    });
    await client.http.GET(servers, { params });
    await client.listImageServers();
    expect(seen).toEqual([`GET ${servers}`, "200", `GET ${servers}`, "200"]);
  });

  it("adds and changes headers before they are signed, but for those that are changed on their way", async () => {
    const { client, requests } = watched();
    client.http.use({
      onRequest({ request }) {
        request.headers.set("X-Team", "images");
        request.headers.set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.headers.set("Content-Type", "application/json; charset=utf-8");
      },
    });
    const ids = { ...path, server_id: world.serverId };
    const body = { description: "x" };
    const { response } = await client.http.PATCH(server, { params: { path: ids }, body });
    expect(response.ok).toBe(true);
    await client.updateImageServer({ path: ids, body });
    expect(requests).toHaveLength(2);
    for (const { headers } of requests) {
      expect(headers.get("X-Team")).toBe("images");
      expect(headers.get("Content-Type")).toBe("application/json; charset=utf-8");
      expect(headers.has("Traceparent")).toBe(true);
      const signed = "SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-team,";
      expect(headers.get("Authorization")).toContain(signed);
    }
  });

  it("puts another request in the place of one, which is signed", async () => {
    const { client, requests } = watched();
    client.http.use({ onRequest: ({ request }) => new Request(`${request.url}?limit=1`, request) });
    const { response } = await client.http.GET(servers, { params });
    expect(response.status).toBe(200);
    expect(requests[0]?.url).toMatch(/image-servers\?limit=1$/);
  });

  it("changes answers, answers by itself, and is told of errors", async () => {
    const { client, requests } = watched();
    const own: Middleware = { onRequest: () => Response.json({ items: [], count: 7 }) };
    client.http.use(own);
    expect((await client.http.GET(servers, { params })).data?.count).toBe(7);
    expect(requests).toEqual([]);
    client.http.eject(own);
    client.http.use({ onResponse: ({ response }) => Response.json({ count: response.status }) });
    expect((await client.http.GET(servers, { params })).data?.count).toBe(200);
    const failing = virtual({ fetch: () => Promise.reject(new TypeError("no")), maxAttempts: 1 }).client;
    const errors: unknown[] = [];
    failing.http.use({ onError: ({ error }) => void errors.push(error) });
    await expect(failing.http.GET(servers, { params })).rejects.toBeInstanceOf(ConnectionError);
    expect(errors).toEqual([expect.any(ConnectionError)]);
  });

  it("is taken away by eject, while the rules of the contract stay", async () => {
    const { client, requests } = watched();
    let count = 0;
    const counting: Middleware = { onRequest: () => void count++ };
    client.http.use(counting);
    await client.http.GET(servers, { params });
    client.http.eject(counting);
    await client.http.GET(servers, { params });
    expect([count, requests.length]).toEqual([1, 2]);
    const wrong = client.http.GET(servers, { params: { path, query: { limit: 0 } } });
    await expect(wrong).rejects.toBeInstanceOf(ValidationError);
    expect(requests).toHaveLength(2);
  });

  it("may be given to one call", async () => {
    const { client, requests } = watched();
    const middleware: Middleware[] = [{ onRequest: ({ request }) => request.headers.set("X-Once", "1") }];
    await client.http.GET(servers, { params, middleware });
    await client.http.GET(servers, { params });
    expect(requests.map(({ headers }) => headers.get("X-Once"))).toEqual(["1", null]);
  });
});

describe("answers of client.http", () => {
  it("are read as parseAs says", async () => {
    const { client } = watched();
    const read = { params };
    const text = await client.http.GET(servers, { ...read, parseAs: "text" });
    const bytes = await client.http.GET(servers, { ...read, parseAs: "arrayBuffer" });
    const blob = await client.http.GET(servers, { ...read, parseAs: "blob" });
    const stream = await client.http.GET(servers, { ...read, parseAs: "stream" });
    const { data } = await client.http.GET(servers, read);
    const texts = [
      text.data,
      new TextDecoder().decode(bytes.data),
      await blob.data?.text(),
      await new Response(stream.data).text(),
    ];
    expect(data?.items).toHaveLength(1);
    for (const body of texts) expect(JSON.parse(String(body))).toEqual(data);
  });

  it("may be empty", async () => {
    const { client } = watched();
    const ids = { ...path, server_id: world.serverId };
    const { data, error, response } = await client.http.PATCH(server, {
      params: { path: ids },
      body: { description: "x" },
    });
    expect([data, error, response.ok]).toEqual([undefined, undefined, true]);
  });

  it("that refuse are given out as error, beside the response", async () => {
    const { client } = watched();
    const ids = { ...path, server_id: "1" };
    const { data, error, response } = await client.http.GET(server, { params: { path: ids } });
    expect([data, response.status]).toEqual([undefined, 404]);
    expect(error).toMatchObject({ error_code: expect.any(String) });
  });
});

describe("one call of client.http", () => {
  it("goes through a fetch of its own, without credentials", async () => {
    const { client, requests } = watched();
    const seen: Request[] = [];
    const fetch = async (request: Request) => {
      seen.push(request);
      return Response.json({ items: [] });
    };
    const { data } = await client.http.GET(servers, { params, fetch });
    expect(data?.items).toEqual([]);
    expect(requests).toEqual([]);
    expect(seen[0]?.headers.has("Authorization")).toBe(false);
  });

  it.each(["http://127.0.0.1", "http://127.0.0.1:4999/", "http://127.0.0.1:40100"])(
    "goes to a base URL of its own, %s, by the rules of its operation",
    async (baseUrl) => {
      const { client, requests, emulator } = watched();
      const { response } = await client.http.GET(servers, { params, baseUrl });
      expect(response.status).toBe(200);
      expect(requests[0]?.url).toBe(`${new URL(baseUrl).origin}/v1/${world.projectId}/image-servers`);
      const effect = { type: "answer", status: 200, body: "<html>" } as const;
      emulator.faults.add({ operation: "ListImageServers", times: 99, effect });
      await expect(client.http.GET(servers, { params, baseUrl })).rejects.toThrow(/^ListImageServers/);
    },
  );

  it("writes arrays in a query as openapi-fetch does, and signs them so", async () => {
    const { client, requests } = watched({ validate: false });
    const query = { tag: ["a b", "c'd"] } as object;
    const { response } = await client.http.GET(servers, { params: { path, query } });
    expect(requests[0]?.url).toMatch(/\?tag=a%20b&tag=c%27d$/);
    expect(response.status).not.toBe(401);
  });

  it.each([
    ["headers", { params, headers: { "X-Note": "line\nhidden" } }],
    ["a list of one header", { params, headers: { "X-Note": ["fine", "line\nhidden"] } }],
    ["params.header", { params: { path, header: { "X-Auth-Token": "line\nhidden" } } }],
    ["the name of a header", { params, headers: { "hidden name": "x" } }],
  ])("is refused, and no value is shown, when HTTP cannot carry %s", async (_what, init) => {
    const { client, requests } = watched();
    const calls = [client.http.GET(servers, init as never), client.http.request("get", servers, init as never)];
    for (const call of calls) {
      const error = await call.catch((reason) => reason);
      expect(error).toBeInstanceOf(ValidationError);
      expect(error.issues).toMatchObject([{ pointer: "/headers" }]);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("hidden");
    }
    expect(requests).toEqual([]);
  });
});
