import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { follow, type Json, operationsOf } from "../build/document.ts";
import { documents } from "./bundle.ts";

const { aps, iam, ims } = documents;
const operations = operationsOf(aps);

test("the family is complete", () => {
  const family = [
    "AttachImageServerApp",
    "BatchDeleteImageServer",
    "BatchDeleteImageSubJobs",
    "CountImageSubJobs",
    "CreateImageServer",
    "CreateOrUpdateScalingPolicy",
    "DeleteScalingPolicy",
    "ListAppGroup",
    "ListImageJobs",
    "ListImageServers",
    "ListImageSubJobs",
    "ListLatestAttachedServerApp",
    "ListSessionByUserName",
    "ListSessions",
    "LogoffUserSession",
    "RecreateServerImage",
    "ShowImageJob",
    "ShowImageServer",
    "ShowScalingPolicy",
    "UpdateImageServer",
  ];
  // The contract may know more; it never loses one of these.
  expect(operations.map(({ operation }) => operation.operationId)).toEqual(expect.arrayContaining(family));
});

test("the root document is a table of contents", () => {
  const text = readFileSync(join(import.meta.dirname, "../openapi.yaml"), "utf8");
  const paths = Object.keys(aps.paths).length;
  // Two lines for each path, and less than a hundred for all the rest.
  expect(text.split("\n").length - 2 * paths).toBeLessThan(100);
});

describe.each(operations)("$operation.operationId", ({ path, operation, parameters }) => {
  test("is below the project, and takes every id of its path", () => {
    expect(path).toMatch(/^\/v[12]\/\{project_id\}\//);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = parameters.filter((one) => one.in === "path").map((one) => one.name);
    expect(inPath.toSorted()).toEqual(named.toSorted());
  });

  test("takes a token and a correlation id is answered", () => {
    expect(parameters.find((one) => one.name === "X-Auth-Token")).toMatchObject({ in: "header", required: false });
    for (const response of Object.values(operation.responses)) {
      expect(follow(aps, response).headers).toHaveProperty("X-Request-Id");
    }
  });

  test("names its rate-limit policy", () => expect(operation["x-aps-rate-limit"]).toMatch(/^(workspace_\w+|unknown)$/));

  test("starts a job if it is one that the job description knows, and only then", () => {
    const kinds = Object.values<Json>(aps["x-aps-job"]).flatMap((family) => Object.values<Json>(family.kinds));
    const starters = kinds.flatMap(({ startedBy, startedInBatchesBy = [] }) => [startedBy].concat(startedInBatchesBy));
    const answer = follow(aps, operation.responses["200"].content?.["application/json"].schema);
    const answersJob = operation.requestBody !== undefined && answer?.properties?.job_id !== undefined;
    const answersJobs = operation["x-aps-batch"]?.answers?.jobId !== undefined;
    expect(answersJob || answersJobs).toBe(starters.includes(operation.operationId));
  });
});

test("regions are listed once, each with a host", () => {
  const hosts = aps.servers.flatMap(
    (server: { url: string; variables: { region: { enum: string[]; default: string } } }) =>
      server.variables.region.enum.map((region) => [region, server.url.replace("{region}", region)]),
  );
  expect(new Set(hosts.map(([region]: string[]) => region)).size).toBe(hosts.length);
  expect(hosts).toHaveLength(18);
  for (const [region, url] of hosts) {
    expect(url).toMatch(new RegExp(`^https://(appstream|workspace)\\.${region}\\.myhuaweicloud\\.com$`));
  }
  for (const { variables } of aps.servers) expect(variables.region.enum).toContain(variables.region.default);
});

test("every parameter that pages has the same bounds everywhere", () => {
  const pages = operations.flatMap(({ parameters }) =>
    parameters.filter(({ name }) => name === "limit" || name === "offset"),
  );
  expect(pages.length).toBeGreaterThan(0);
  expect(new Set(pages).size).toBe(2);
});

test("the image service knows the four calls that golden images need, in every region of the service", () => {
  const known = operationsOf(ims).map(({ operation }) => operation.operationId);
  expect(known.toSorted()).toEqual(["BatchAddOrDeleteTags", "GlanceDeleteImage", "ListImages", "ShowImageQuota"]);
  const [{ variables }] = ims.servers;
  for (const server of aps.servers) {
    expect(variables.region.enum).toEqual(expect.arrayContaining(server.variables.region.enum));
  }
});

test("IAM knows the three calls that lead here", () => {
  expect(
    operationsOf(iam)
      .map(({ operation }) => operation.operationId)
      .toSorted(),
  ).toEqual(["KeystoneCreateUserTokenByPassword", "KeystoneListAuthProjects", "KeystoneListProjects"]);
});
