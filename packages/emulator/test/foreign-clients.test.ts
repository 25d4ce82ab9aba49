// Clients of other projects. None of them knows this one.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import iamDocument from "@workspace-aps/spec/iam.json" with { type: "json" };
import document from "@workspace-aps/spec/openapi.json" with { type: "json" };
import { type Document, OpenAPIClientAxios } from "openapi-client-axios";
import { describe, expect, it } from "vitest";
import { routes } from "../src/generated/contract.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";
import { type Call, goldenImageRound } from "./golden-image-round.ts";
import { rollOutRound } from "./roll-out-round.ts";

const test = useEmulator({ speed: 0 });

describe("openapi-client-axios, which makes its calls from the contract", () => {
  it.each([
    ["of a golden image", goldenImageRound],
    ["of an image to the users", rollOutRound],
  ])("goes the whole round %s with a token", async (_what, round) => {
    const iam = await clientOf(iamDocument);
    const made = await iam.KeystoneCreateUserTokenByPassword?.({ nocatalog: "true" }, tokenRequest());
    const headers = { "X-Auth-Token": String(made?.headers["x-subject-token"]) };
    const found = await iam.KeystoneListProjects?.({ name: world.region }, undefined, { headers });
    const project_id: string = found?.data.projects[0].id;

    const aps = await clientOf(document);
    const call: Call = async (method, path, { data, query = {} } = {}) => {
      const { operationId, parameters } = operationOf(method, path);
      const answer = await aps[operationId]?.({ project_id, ...parameters, ...query }, data, { headers });
      return answer?.data;
    };
    await round(test.emulator, call);
  });
});

describe("curl and a shell", () => {
  it("make an image as the documents of the vendor show it", async () => {
    const environment = { ...process.env, EMULATOR: test.url };
    const script = join(import.meta.dirname, "..", "examples", "make-image.sh");
    const { stdout } = await promisify(execFile)("sh", ["-eu", script], { env: environment });
    const [project] = test.emulator.state.projects.values();
    const [image] = project?.images.values() ?? [];
    expect(stdout.trim()).toBe(image?.id);
  });

  it("bring an image to the users, call by call", async () => {
    const curl = async (...args: readonly string[]) =>
      (await promisify(execFile)("curl", ["--silent", "--show-error", "--fail-with-body", ...args])).stdout;
    const signIn = ["--dump-header", "-", "--output", "/dev/null", "--data", JSON.stringify(tokenRequest())];
    const token = /x-subject-token: (\S+)/i.exec(await curl(`${test.url}/v3/auth/tokens`, ...signIn))?.[1];
    const call: Call = async (method, path, { data, query = {} } = {}) => {
      const [, version = "v1", rest = path] = /^\/(v2)(\/.*)/.exec(path) ?? [];
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const answer = await curl(
        ...["--request", method, "--header", `X-Auth-Token: ${token}`, "--header", "Content-Type: application/json"],
        ...(data === undefined ? [] : ["--data", JSON.stringify(data)]),
        `${test.url}/${version}/${world.projectId}${rest}?${search}`,
      );
      return answer === "" ? undefined : JSON.parse(answer);
    };
    await rollOutRound(test.emulator, call);
  });
});

async function clientOf(definition: object) {
  const api = new OpenAPIClientAxios({
    definition: definition as Document,
    withServer: { url: test.url },
    axiosConfigDefaults: { paramsSerializer: { indexes: null } },
  });
  // biome-ignore lint/suspicious/noExplicitAny: a client made at run time has no types
  return api.init<any>() as unknown as Record<string, (...given: unknown[]) => Promise<any>>;
}

/** The operation that a path belongs to, with the values that the path has. */
function operationOf(method: string, path: string): { operationId: string; parameters: Record<string, string> } {
  for (const route of routes) {
    const pattern = route.path
      .replace("/v1/{project_id}", "")
      .replace("/{project_id}", "")
      .replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = new RegExp(`^${pattern}$`).exec(path);
    if (route.method === method && match !== null)
      return { operationId: route.operationId, parameters: { ...match.groups } };
  }
  throw new Error(`${method} ${path} is no operation.`);
}
