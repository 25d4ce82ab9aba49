import { describe, expect, expectTypeOf, it } from "vitest";
import { ApiError, type FullClient as Client, type components, paginate, type ResultOf } from "../src/index.ts";

type Server = components["schemas"]["ImageServer"];

describe("the types of methods", () => {
  it("take arguments as on the wire, and give the project id", () => {
    expectTypeOf<Client["recreateServerImage"]>().parameter(0).toExtend<{
      path: { server_id: string; project_id?: string | undefined };
      body: { name: string };
    }>();
    expectTypeOf<Parameters<Client["recreateServerImage"]>[0]["body"]["name"]>().toEqualTypeOf<string>();
    // @ts-expect-error a body is needed
    expectTypeOf<Client["recreateServerImage"]>().toBeCallableWith({ path: { server_id: "1" } });
    // @ts-expect-error `nam` is no property of the body
    const misspelt: Parameters<Client["recreateServerImage"]>[0]["body"] = { name: "a", nam: "b" };
    expect(misspelt).toBeDefined();
  });

  it("take lists and objects that cannot be changed, and undefined for what may be absent", () => {
    const items = ["680556127464718336"] as const;
    const path = { server_id: "1" } as const;
    expectTypeOf<Client["attachImageServerApp"]>().toBeCallableWith({ path, body: { items } });
    expectTypeOf<Client["listImageServers"]>().toBeCallableWith({ query: { limit: undefined } });
    // @ts-expect-error `items` must be there
    expectTypeOf<Client["attachImageServerApp"]>().toBeCallableWith({ path, body: { items: undefined } });
  });

  it("need no argument where nothing is required", () => {
    expectTypeOf<Client["listImageServers"]>().toBeCallableWith();
  });

  it("resolve to the body of the success", () => {
    expectTypeOf<ResultOf<"showImageServer">>().toEqualTypeOf<Server>();
    expectTypeOf<ResultOf<"updateImageServer">>().toEqualTypeOf<undefined>();
  });

  it("leave the enums of answers open", () => {
    expectTypeOf<"ACTIVE">().toExtend<NonNullable<Server["status"]>>();
    expectTypeOf<"SOMETHING_NEW">().toExtend<NonNullable<Server["status"]>>();
  });

  it("let a walk filter by what its list knows, with and without a page size", () => {
    const walks = (client: Client) => {
      const query = { server_group_id: "g" };
      return [
        paginate(client.listServers, { query }),
        paginate(client.listServers, { query: { ...query, limit: 10 } }),
        paginate(client.listSubJobs, { query: { job_type: "CREATE_SERVER" } }),
        // @ts-expect-error: a list has no such filter.
        paginate(client.listServers, { query: { group: "g" } }),
        // @ts-expect-error: a page has a number of items.
        paginate(client.listServers, { query: { ...query, limit: "10" } }),
      ];
    };
    expectTypeOf(walks).returns.not.toBeAny();
  });

  it("give the items of a list to paginate", () => {
    const walk = (client: Client) => paginate(client.listImageServers, {});
    type Item = ReturnType<typeof walk> extends AsyncIterable<infer Found> ? Found : never;
    expectTypeOf<Item>().toEqualTypeOf<Server>();
  });
});

describe("ApiError.is", () => {
  const details = { operationId: "RecreateServerImage", body: {}, problem: "refused." };
  const forbidden = new ApiError({
    ...details,
    status: 403,
    code: "APIGW.0302",
    permission: "workspace:imageServer:recreate",
  });

  it("narrows by status: a 403 names a permission", () => {
    expectTypeOf(forbidden.permission).toEqualTypeOf<string | undefined>();
    if (!forbidden.is(403)) throw new Error("not narrowed");
    expectTypeOf(forbidden.status).toEqualTypeOf<403>();
    expectTypeOf(forbidden.permission).toEqualTypeOf<string>();
    expect(forbidden.permission).toBe("workspace:imageServer:recreate");
  });

  it("narrows by status and known code", () => {
    if (!forbidden.is(403, "APIGW.0302")) throw new Error("not narrowed");
    expectTypeOf(forbidden.code).toEqualTypeOf<"APIGW.0302">();
    // @ts-expect-error the catalogue has no such code
    forbidden.is(403, "APIGW.9999");
    // @ts-expect-error the catalogue pairs this code with status 401
    forbidden.is(403, "IAM.0066");
  });

  it("tells other statuses and codes apart", () => {
    expect(forbidden.is(404)).toBe(false);
    expect(forbidden.is(403, "APIGW.0304")).toBe(false);
  });
});
