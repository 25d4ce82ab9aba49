import core from "@huaweicloud/huaweicloud-sdk-core";
import sdk from "@huaweicloud/huaweicloud-sdk-core/HcClient.js";
import http from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js";
import iam from "@huaweicloud/huaweicloud-sdk-iam/v3/public-api.js";
import { describe, expect, it } from "vitest";
import { defaultWorld } from "../src/index.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";
import { type Call, goldenImageRound } from "./golden-image-round.ts";
import { rollOutRound } from "./roll-out-round.ts";

const temporary = { id: "TEMPORARYKEY", secret: "only-for-tests", securityToken: "tok/en+1==" };
const [user] = defaultWorld.users;
const users = [{ ...user, name: user?.name ?? "", domain: user?.domain ?? "", accessKeys: [world.key, temporary] }];
const test = useEmulator({ speed: 0, world: { ...defaultWorld, users } });

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => "error" as never,
  setName() {},
};

function client(credential?: InstanceType<typeof core.BasicCredentials>) {
  const made = new sdk.HcClient(new http.DefaultHttpClient({ logger: silent }, [test.url])).withEndpoints([test.url]);
  return credential === undefined ? made : made.withCredential(credential);
}

/** Calls as each of the vendor's service packages does. */
function callsOf(hcClient: ReturnType<typeof client>, headers: Readonly<Record<string, string>> = {}): Call {
  return (method, path, { data, query = {} } = {}) =>
    hcClient.sendRequest<Record<string, unknown>>({
      method,
      url: path.startsWith("/v2/") ? path.replace("/v2", "/v2/{project_id}") : `/v1/{project_id}${path}`,
      contentType: "application/json",
      queryParams: query,
      pathParams: { project_id: world.projectId },
      headers: { ...headers },
      ...(data === undefined ? {} : { data }),
    });
}

const keys = () => new core.BasicCredentials().withAk(world.key.id).withSk(world.key.secret);

/** The vendor's client of IAM. It signs even the call that makes a token. */
function iamClient() {
  const options = { customUserAgent: "", logger: silent } as never;
  const credential = new core.GlobalCredentials().withAk(world.key.id).withSk(world.key.secret).withDomainId("any");
  return iam.IamClient.newBuilder().withCredential(credential).withEndpoint(test.url).withOptions(options).build();
}

describe("the vendor's SDK goes the whole round of a golden image, unmodified", () => {
  it("with an access key", async () => {
    await goldenImageRound(test.emulator, callsOf(client(keys().withProjectId(world.projectId))));
  });

  it("with a temporary access key and its security token", async () => {
    const credential = new core.BasicCredentials()
      .withAk(temporary.id)
      .withSk(temporary.secret)
      .withSecurityToken(temporary.securityToken)
      .withProjectId(world.projectId);
    await goldenImageRound(test.emulator, callsOf(client(credential)));
  });

  it("with a token that its client of IAM has made", async () => {
    const request = new iam.KeystoneCreateUserTokenByPasswordRequest()
      .withNocatalog("true")
      .withBody(tokenRequest() as never);
    const made = (await iamClient().keystoneCreateUserTokenByPassword(request)) as unknown as Record<string, string>;
    const token = made["X-Subject-Token"] ?? "";
    expect(token).toMatch(/./);
    await goldenImageRound(test.emulator, callsOf(client(), { "X-Auth-Token": token }));
  });

  it("with the project that it looks up by the region", async () => {
    const credential = keys().withIamEndpoint(test.url);
    const region = { id: world.region, endpoints: [test.url] };
    await goldenImageRound(test.emulator, callsOf(client(credential).withRegion(region as never)));
    expect(credential.getPathParams()).toEqual({ project_id: world.projectId });
  });
});

it("the vendor's SDK brings an image to the users, unmodified", async () => {
  await rollOutRound(test.emulator, callsOf(client(keys().withProjectId(world.projectId))));
});

it("the vendor's client of IAM finds projects", async () => {
  const byName = await iamClient().keystoneListProjects(
    new iam.KeystoneListProjectsRequest().withName(world.region).withEnabled(true).withPage(1).withPerPage(10),
  );
  expect(byName.projects).toEqual([expect.objectContaining({ id: world.projectId })]);
  const own = await iamClient().keystoneListAuthProjects(new iam.KeystoneListAuthProjectsRequest());
  expect(own.projects).toEqual([expect.objectContaining({ id: world.projectId })]);
});

it("the vendor's SDK understands a refusal", async () => {
  const call = callsOf(client(keys().withProjectId(world.projectId)));
  const refused = call("POST", `/image-servers/${world.serverId}/actions/recreate-image`, { data: { name: "a/b" } });
  await expect(refused).rejects.toMatchObject({
    httpStatusCode: 400,
    errorCode: expect.stringMatching(/^WKS\./),
    requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});
