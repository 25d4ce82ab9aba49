import type { Verdict } from "./change.ts";

/** A small change to the contract, and what callers of the client must be told about it. */
export interface Edit {
  readonly name: string;
  readonly expected: Verdict | "unchanged";
  apply(contract: Contract): void;
}

// biome-ignore lint/suspicious/noExplicitAny: edits reach anywhere into a document
type Contract = any;

const recreate = "/v1/{project_id}/image-servers/{server_id}/actions/recreate-image";
const servers = "/v1/{project_id}/image-servers";
const server = "/v1/{project_id}/image-servers/{server_id}";
const jobs = "/v1/{project_id}/image-server-jobs";

const schema = (contract: Contract, name: string) => contract.components.schemas[name];
const body = (contract: Contract) => schema(contract, "RecreateServerImageRequest");
const property = (contract: Contract, name: string) => body(contract).properties[name];
const query = (contract: Contract, path: string, name: string) =>
  contract.paths[path].get.parameters
    .map((parameter: Contract) =>
      parameter.$ref === undefined ? parameter : contract.components.parameters[parameter.$ref.split("/").at(-1)],
    )
    .find((parameter: Contract) => parameter.name === name);

/** One edit a row. Requests and answers are judged apart. */
export const edits: readonly Edit[] = [
  { name: "nothing", expected: "unchanged", apply: () => {} },

  // What a caller sends.
  {
    name: "a new required body field",
    expected: "breaking",
    apply: (c) => {
      body(c).properties.reason = { type: "string" };
      body(c).required.push("reason");
    },
  },
  {
    name: "a new optional body field",
    expected: "safe",
    apply: (c) => {
      body(c).properties.reason = { type: "string" };
    },
  },
  { name: "a body field removed", expected: "breaking", apply: (c) => void delete body(c).properties.description },
  {
    name: "a body field renamed",
    expected: "breaking",
    apply: (c) => {
      body(c).properties.image_name = property(c, "name");
      delete body(c).properties.name;
      body(c).required = ["image_name"];
    },
  },
  {
    name: "an optional body field becomes required",
    expected: "breaking",
    apply: (c) => void body(c).required.push("description"),
  },
  {
    name: "a required body field becomes optional",
    expected: "safe",
    apply: (c) => {
      body(c).required = [];
    },
  },
  {
    name: "a request's maxLength tightened",
    expected: "breaking",
    apply: (c) => {
      property(c, "name").maxLength = 64;
    },
  },
  {
    name: "a request's maxLength loosened",
    expected: "safe",
    apply: (c) => {
      property(c, "name").maxLength = 200;
    },
  },
  {
    name: "a request's minLength tightened",
    expected: "breaking",
    apply: (c) => {
      property(c, "name").minLength = 4;
    },
  },
  {
    name: "a request's pattern changed",
    expected: "breaking",
    apply: (c) => {
      property(c, "name").pattern = "^[a-z]+$";
    },
  },
  { name: "a request's pattern removed", expected: "safe", apply: (c) => void delete property(c, "name").pattern },
  {
    name: "a request's pattern added",
    expected: "breaking",
    apply: (c) => {
      property(c, "enterprise_project_id").pattern = "^[0-9]+$";
    },
  },
  {
    name: "the type of a request's field changed",
    expected: "breaking",
    apply: (c) => {
      body(c).properties.execute_sysprep = { type: "string" };
    },
  },
  {
    name: "a request's enum narrowed",
    expected: "breaking",
    apply: (c) => void schema(c, "RootVolume").properties.type.enum.pop(),
  },
  {
    name: "a request's enum widened",
    expected: "safe",
    apply: (c) => void schema(c, "RootVolume").properties.type.enum.push("NEW"),
  },
  {
    name: "a request's minimum raised",
    expected: "breaking",
    apply: (c) => {
      schema(c, "RootVolume").properties.size.minimum = 100;
    },
  },
  {
    name: "a request's maximum raised",
    expected: "safe",
    apply: (c) => {
      schema(c, "RootVolume").properties.size.maximum = 4096;
    },
  },
  {
    name: "a request's multipleOf added",
    expected: "breaking",
    apply: (c) => {
      query(c, servers, "limit").schema.multipleOf = 10;
    },
  },
  {
    name: "a request's list takes fewer items",
    expected: "breaking",
    apply: (c) => {
      schema(c, "BatchDeleteImageServerRequest").properties.items.maxItems = 5;
    },
  },
  {
    name: "a request lets unknown properties in",
    expected: "safe",
    apply: (c) => {
      body(c).additionalProperties = true;
    },
  },
  {
    name: "a new required query parameter",
    expected: "breaking",
    apply: (c) =>
      void c.paths[servers].get.parameters.push({
        name: "zone",
        in: "query",
        required: true,
        schema: { type: "string" },
      }),
  },
  {
    name: "a new optional query parameter",
    expected: "safe",
    apply: (c) => void c.paths[servers].get.parameters.push({ name: "zone", in: "query", schema: { type: "string" } }),
  },
  {
    name: "a query parameter removed",
    expected: "breaking",
    apply: (c) => void c.paths[servers].get.parameters.splice(1, 1),
  },
  {
    name: "an optional query parameter becomes required",
    expected: "breaking",
    apply: (c) => {
      query(c, servers, "server_name").required = true;
    },
  },
  {
    name: "a default changed",
    expected: "risky",
    apply: (c) => {
      query(c, servers, "limit").schema.default = 50;
    },
  },
  {
    name: "a body becomes optional",
    expected: "safe",
    apply: (c) => {
      c.paths[recreate].post.requestBody.required = false;
    },
  },

  // What a caller gets.
  {
    name: "a new field in an answer",
    expected: "safe",
    apply: (c) => {
      schema(c, "ImageServer").properties.zone = { type: "string" };
    },
  },
  {
    name: "a field removed from an answer",
    expected: "breaking",
    apply: (c) => void delete schema(c, "ImageServer").properties.image_id,
  },
  {
    name: "a required field of an answer becomes optional",
    expected: "breaking",
    apply: (c) => {
      schema(c, "JobStarted").required = [];
    },
  },
  {
    name: "an optional field of an answer becomes required",
    expected: "safe",
    apply: (c) => {
      schema(c, "ImageServer").required = [...(schema(c, "ImageServer").required ?? []), "image_id"];
    },
  },
  {
    name: "an answer's enum widened",
    expected: "risky",
    apply: (c) => void schema(c, "ImageServerStatus").anyOf[0].enum.push("PAUSED"),
  },
  {
    name: "an answer's enum narrowed",
    expected: "safe",
    apply: (c) => void schema(c, "ImageServerStatus").anyOf[0].enum.pop(),
  },
  {
    name: "an answer's constraint loosened",
    expected: "risky",
    apply: (c) => {
      schema(c, "ImageServerList").properties.items.maxItems = 1000;
    },
  },
  {
    name: "an answer's constraint tightened",
    expected: "safe",
    apply: (c) => {
      schema(c, "ImageServer").properties.name.maxLength = 10;
    },
  },
  {
    name: "the type of an answer's field changed",
    expected: "breaking",
    apply: (c) => {
      schema(c, "JobStarted").properties.job_id = { type: "integer" };
    },
  },
  {
    name: "an answer's field may be null",
    expected: "breaking",
    apply: (c) => {
      schema(c, "JobStarted").properties.job_id.type = ["string", "null"];
    },
  },
  {
    name: "the status of a success changed",
    expected: "breaking",
    apply: (c) => {
      c.paths[recreate].post.responses[202] = c.paths[recreate].post.responses[200];
      delete c.paths[recreate].post.responses[200];
    },
  },
  {
    name: "a new error status",
    expected: "risky",
    apply: (c) => {
      c.paths[recreate].post.responses[409] = { $ref: "#/components/responses/Conflict" };
    },
  },
  {
    name: "an error status removed",
    expected: "safe",
    apply: (c) => void delete c.paths[recreate].post.responses[504],
  },

  // Operations.
  {
    name: "a new operation",
    expected: "safe",
    apply: (c) => {
      c.paths[server].delete = { ...c.paths[server].get, operationId: "DeleteImageServer" };
    },
  },
  { name: "an operation removed", expected: "breaking", apply: (c) => void delete c.paths[server].patch },
  { name: "a path removed", expected: "breaking", apply: (c) => void delete c.paths[jobs] },
  {
    name: "a path changed",
    expected: "breaking",
    apply: (c) => {
      c.paths["/v2/{project_id}/image-server-jobs"] = c.paths[jobs];
      delete c.paths[jobs];
    },
  },
  {
    name: "an operationId changed",
    expected: "breaking",
    apply: (c) => {
      c.paths[recreate].post.operationId = "CreateServerImage";
    },
  },
  {
    name: "an operation deprecated",
    expected: "risky",
    apply: (c) => {
      c.paths[server].patch.deprecated = true;
    },
  },
  {
    name: "a security scheme removed from the contract",
    expected: "breaking",
    apply: (c) => {
      c.security = c.security.slice(0, 1);
      delete c.components.securitySchemes.signature;
    },
  },
  {
    name: "a region removed",
    expected: "breaking",
    apply: (c) => void c.servers[0].variables.region.enum.pop(),
  },
  {
    name: "a region added",
    expected: "safe",
    apply: (c) => void c.servers[0].variables.region.enum.push("eu-new-1"),
  },

  // Facts that OpenAPI has no field for.
  {
    name: "another permission",
    expected: "breaking",
    apply: (c) => {
      c.paths[recreate].post["x-aps-authorization"].action = "workspace:imageServer:remake";
    },
  },
  {
    name: "one more dependent permission",
    expected: "breaking",
    apply: (c) => void c.paths[recreate].post["x-aps-authorization"].dependencies.push("vpc:vpcs:get"),
  },
  {
    name: "one dependent permission less",
    expected: "safe",
    apply: (c) => void c.paths[recreate].post["x-aps-authorization"].dependencies.pop(),
  },
  {
    name: "allowed in fewer states",
    expected: "breaking",
    apply: (c) => void c.paths[recreate].post["x-aps-preconditions"].server.pop(),
  },
  {
    name: "allowed in more states",
    expected: "safe",
    apply: (c) => void c.paths[recreate].post["x-aps-preconditions"].server.push("ERROR"),
  },
  {
    name: "a job state classified otherwise",
    expected: "breaking",
    apply: (c) => {
      c["x-aps-job"].states.failed.push(c["x-aps-job"].states.done.pop());
    },
  },
  {
    name: "another pace of polling",
    expected: "risky",
    apply: (c) => {
      c["x-aps-job"].pace.intervalSeconds = 60;
    },
  },
  {
    name: "an error code removed from the catalogue",
    expected: "breaking",
    apply: (c) => void c["x-aps-error-codes"].pop(),
  },
  {
    name: "an error code added to the catalogue",
    expected: "safe",
    apply: (c) => void c["x-aps-error-codes"].push({ ...c["x-aps-error-codes"][0], code: "WKS.99999999" }),
  },
  {
    name: "an error code is no longer to be retried",
    expected: "risky",
    apply: (c) => {
      const row = c["x-aps-error-codes"].find((code: Contract) => code.retryable);
      row.retryable = false;
    },
  },

  // Words.
  {
    name: "a description reworded",
    expected: "safe",
    apply: (c) => {
      c.paths[recreate].post.description = "Other words.";
    },
  },
  {
    name: "an example changed",
    expected: "safe",
    apply: (c) => {
      c.components.examples.RecreateServerImageRequest.value.name = "another";
    },
  },
  {
    name: "a quirk written down",
    expected: "safe",
    apply: (c) => {
      c.paths[recreate].post["x-aps-quirks"] = [{ id: "q", says: "s", decision: "d", reason: "r" }];
    },
  },
];
