import {
  body,
  type Contract,
  type Edit,
  edit,
  job,
  parameter,
  post,
  property,
  query,
  recreate,
  schema,
  servers,
} from "./edit.ts";

/** What a caller sends. */
export const requests: readonly Edit[] = [
  edit("a new required body field", "breaking", (c) => {
    body(c).properties.reason = { type: "string" };
    body(c).required.push("reason");
  }),
  edit("a new optional body field", "safe", (c) => {
    body(c).properties.reason = { type: "string" };
  }),
  edit("a body field removed", "breaking", (c) => void delete body(c).properties.description),
  edit("a body field renamed", "breaking", (c) => {
    body(c).properties.image_name = property(c, "name");
    delete body(c).properties.name;
    body(c).required = ["image_name"];
  }),
  edit("an optional body field becomes required", "breaking", (c) => void body(c).required.push("description")),
  edit("a required body field becomes optional", "safe", (c) => {
    body(c).required = [];
  }),
  edit("a request's maxLength tightened", "breaking", (c) => {
    property(c, "name").maxLength = 64;
  }),
  edit("a request's maxLength loosened", "safe", (c) => {
    property(c, "name").maxLength = 200;
  }),
  edit("a request's minLength tightened", "breaking", (c) => {
    property(c, "name").minLength = 4;
  }),
  edit("a request's pattern changed", "breaking", (c) => {
    property(c, "name").pattern = "^[a-z]+$";
  }),
  edit("a request's pattern removed", "safe", (c) => void delete property(c, "name").pattern),
  edit("a request's pattern added", "breaking", (c) => {
    property(c, "enterprise_project_id").pattern = "^[0-9]+$";
  }),
  edit("the type of a request's field changed", "breaking", (c) => {
    body(c).properties.execute_sysprep = { type: "string" };
  }),
  edit("a request's enum narrowed", "breaking", (c) => void schema(c, "RootVolume").properties.type.enum.pop()),
  edit("a request's enum widened", "safe", (c) => void schema(c, "RootVolume").properties.type.enum.push("NEW")),
  edit("a request's minimum raised", "breaking", (c) => {
    schema(c, "RootVolume").properties.size.minimum = 100;
  }),
  edit("a request's maximum raised", "safe", (c) => {
    schema(c, "RootVolume").properties.size.maximum = 4096;
  }),
  edit("a request's multipleOf added", "breaking", (c) => {
    query(c, servers, "limit").schema.multipleOf = 10;
  }),
  edit("a request's list takes fewer items", "breaking", (c) => {
    schema(c, "BatchDeleteImageServerRequest").properties.items.maxItems = 5;
  }),
  edit("a request lets unknown properties in", "safe", (c) => {
    body(c).additionalProperties = true;
  }),
  edit(
    "a new required query parameter",
    "breaking",
    (c) =>
      void c.paths[servers].get.parameters.push({
        name: "zone",
        in: "query",
        required: true,
        schema: { type: "string" },
      }),
  ),
  edit(
    "a new optional query parameter",
    "safe",
    (c) => void c.paths[servers].get.parameters.push({ name: "zone", in: "query", schema: { type: "string" } }),
  ),
  edit("a query parameter removed", "breaking", (c) => void c.paths[servers].get.parameters.splice(1, 1)),
  edit("an optional query parameter becomes required", "breaking", (c) => {
    query(c, servers, "server_name").required = true;
  }),
  edit("a default changed", "risky", (c) => {
    query(c, servers, "limit").schema.default = 50;
  }),
  edit("a body becomes optional", "safe", (c) => {
    c.paths[recreate].post.requestBody.required = false;
  }),

  // The same limits, further down and in other words.
  edit("a limit of the items of a request's list tightened", "breaking", (c) => {
    schema(c, "CreateImageServerRequest").properties.attach_apps.items.maxLength = 3;
  }),
  edit("a request's list takes duplicates", "safe", (c) => {
    delete schema(c, "CreateImageServerRequest").properties.attach_apps.uniqueItems;
  }),
  edit(
    "a request's list takes no duplicates any more",
    "breaking",
    (c) => {
      schema(c, "CreateImageServerRequest").properties.attach_apps.uniqueItems = true;
    },
    (c) => void delete schema(c, "CreateImageServerRequest").properties.attach_apps.uniqueItems,
  ),
  edit("a request's list must not be empty", "breaking", (c) => {
    schema(c, "CreateImageServerRequest").properties.attach_apps.minItems = 1;
  }),
  edit(
    "the items of a request's list must differ in a field",
    "breaking",
    (c) => {
      schema(c, "CreateImageServerRequest").properties.authorize_accounts["x-aps-unique-by"] = "account";
    },
    (c) => void delete schema(c, "CreateImageServerRequest").properties.authorize_accounts["x-aps-unique-by"],
  ),
  edit(
    "the items of a request's list may be alike",
    "safe",
    (c) => void delete schema(c, "CreateImageServerRequest").properties.authorize_accounts["x-aps-unique-by"],
    (c) => {
      schema(c, "CreateImageServerRequest").properties.authorize_accounts["x-aps-unique-by"] = "account";
    },
  ),
  edit(
    "a request's nested object needs one more field",
    "breaking",
    (c) => void schema(c, "RootVolume").required.push("cluster_id"),
  ),
  edit("a request's format added", "breaking", (c) => {
    schema(c, "CreateImageServerRequest").properties.vpc_id.format = "uuid";
  }),
  edit("a request's const added", "breaking", (c) => {
    property(c, "description").const = "x";
  }),
  edit("a request's free text becomes a list of values", "breaking", (c) => {
    schema(c, "CreateImageServerRequest").properties.availability_zone.enum = ["a", "b"];
  }),
  edit(
    "a request's list of values becomes free text",
    "safe",
    (c) => void delete schema(c, "RootVolume").properties.type.enum,
  ),
  edit(
    "a request's list of values in another order",
    "unchanged",
    (c) => void schema(c, "RootVolume").properties.type.enum.reverse(),
  ),
  edit("a request's step halved", "safe", (c) => {
    schema(c, "RootVolume").properties.size.multipleOf = 5;
  }),
  edit("a request's step changed to one that does not divide it", "breaking", (c) => {
    schema(c, "RootVolume").properties.size.multipleOf = 15;
  }),
  edit("a request's step removed", "safe", (c) => void delete schema(c, "RootVolume").properties.size.multipleOf),
  edit("a request's maximum is no longer taken itself", "breaking", (c) => {
    const { size } = schema(c, "RootVolume").properties;
    delete size.maximum;
    size.exclusiveMaximum = 1024;
  }),
  edit("a request's field may be null", "safe", (c) => {
    property(c, "description").type = ["string", "null"];
  }),
  edit(
    "a request's field may be null no more",
    "breaking",
    (c) => {
      property(c, "description").type = "string";
    },
    (c) => {
      property(c, "description").type = ["string", "null"];
    },
  ),
  edit(
    "a request's whole number may have decimals",
    "safe",
    (c) => {
      schema(c, "RootVolume").properties.size.type = "number";
    },
    (c) => void delete schema(c, "RootVolume").properties.size.multipleOf,
  ),
  edit("multiples of a whole number are whole, whatever the type", "unchanged", (c) => {
    schema(c, "RootVolume").properties.size.type = "number";
  }),
  edit("a request's default added", "risky", (c) => {
    property(c, "description").default = "An image.";
  }),
  edit(
    "a request's default removed",
    "risky",
    (c) => void delete schema(c, "CreateImageServerRequest").properties.description.default,
  ),
  edit("a field of a request deprecated", "risky", (c) => {
    property(c, "description").deprecated = true;
  }),
  edit(
    "a field of a request deprecated no more",
    "safe",
    (c) => void delete property(c, "description").deprecated,
    (c) => {
      property(c, "description").deprecated = true;
    },
  ),
  edit("a field of a request is the service's to set", "breaking", (c) => {
    property(c, "description").readOnly = true;
  }),
  edit("a request must also satisfy another schema", "breaking", (c) => {
    property(c, "name").allOf = [{ pattern: "^a" }];
  }),
  edit(
    "a request's choice has one more branch",
    "safe",
    (c) => void property(c, "description").anyOf.push({ type: "integer" }),
    (c) => {
      body(c).properties.description = { anyOf: [{ type: "string" }, { type: "boolean" }] };
    },
  ),
  edit(
    "a request's choice has one branch less",
    "breaking",
    (c) => void property(c, "description").anyOf.pop(),
    (c) => {
      body(c).properties.description = { anyOf: [{ type: "string" }, { type: "boolean" }] };
    },
  ),
  edit(
    "a request closes to unknown properties",
    "breaking",
    (c) => {
      body(c).additionalProperties = false;
    },
    (c) => void delete body(c).additionalProperties,
  ),
  edit("a request's media type changed", "breaking", (c) => {
    const { content } = post(c).requestBody;
    content["application/merge-patch+json"] = content["application/json"];
    delete content["application/json"];
  }),
  edit("one more media type for a request", "safe", (c) => {
    post(c).requestBody.content["application/xml"] = { schema: { type: "object" } };
  }),
  edit("a body where there was none", "breaking", (c) => {
    c.paths[job].get.requestBody = { required: true, content: { "application/json": { schema: { type: "object" } } } };
  }),
  edit("an optional body where there was none", "safe", (c) => {
    c.paths[job].get.requestBody = { content: { "application/json": { schema: { type: "object" } } } };
  }),
  edit("a body removed", "breaking", (c) => void delete post(c).requestBody),
  edit("a shared parameter's maximum lowered", "breaking", (c) => {
    parameter(c, "limit").schema.maximum = 50;
  }),
  edit("a path parameter renamed", "breaking", (c) => {
    c.paths = JSON.parse(JSON.stringify(c.paths).replaceAll("{server_id}", "{id}"));
    parameter(c, "server_id").name = "id";
  }),
  edit("a path parameter's pattern tightened", "breaking", (c) => {
    parameter(c, "server_id").schema.pattern = "^[0-9]+$";
  }),
  edit("a query parameter becomes a header", "breaking", (c) => {
    parameter(c, "limit").in = "header";
  }),
  edit("a query parameter written otherwise", "breaking", (c) => {
    parameter(c, "limit").style = "pipeDelimited";
  }),
  edit("a query parameter deprecated", "risky", (c) => {
    parameter(c, "limit").deprecated = true;
  }),
  edit("a header becomes required", "breaking", (c) => {
    parameter(c, "X-Auth-Token").required = true;
  }),
  edit("a header in other letters", "unchanged", (c) => {
    parameter(c, "X-Auth-Token").name = "x-auth-token";
  }),
  edit("a header removed", "breaking", (c) => {
    post(c).parameters = post(c).parameters.filter((one: Contract) => !one.$ref.endsWith("/XAuthToken"));
  }),
];
