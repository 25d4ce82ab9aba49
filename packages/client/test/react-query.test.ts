import { QueryClient } from "@tanstack/react-query";
import createQueries from "openapi-react-query";
import { expect, it } from "vitest";
import { ValidationError } from "../src/index.ts";
import { virtual, world } from "./world.ts";

const servers = "/v1/{project_id}/image-servers";
const server = "/v1/{project_id}/image-servers/{server_id}";
const path = { project_id: world.projectId };

it("openapi-react-query stands on client.http as it is", async () => {
  const { client, emulator, sent } = virtual();
  const queries = createQueries(client.http);
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  emulator.faults.add({ operation: "ListImageServers", effect: { type: "answer", status: 503, body: {} } });

  const listed = queries.queryOptions("get", servers, { params: { path } });
  expect((await cache.fetchQuery(listed)).items).toHaveLength(1);
  expect((await cache.fetchQuery(listed)).items).toHaveLength(1);
  // Tried again inside the client, and held by the cache afterwards.
  expect(sent).toEqual(["GET image-servers", "GET image-servers"]);

  const missing = queries.queryOptions("get", server, { params: { path: { ...path, server_id: "1" } } });
  await expect(cache.fetchQuery(missing)).rejects.toMatchObject({ error_code: expect.any(String) });
  const wrong = queries.queryOptions("get", servers, { params: { path, query: { limit: 0 } } });
  await expect(cache.fetchQuery(wrong)).rejects.toBeInstanceOf(ValidationError);
  cache.clear();
});
