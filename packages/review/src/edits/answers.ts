import { type Edit, edit, post, recreate, schema } from "./edit.ts";

/** What a caller gets. */
export const answers: readonly Edit[] = [
  edit("a new field in an answer", "safe", (c) => {
    schema(c, "ImageServer").properties.zone = { type: "string" };
  }),
  edit("a field removed from an answer", "breaking", (c) => void delete schema(c, "ImageServer").properties.image_id),
  edit("a required field of an answer becomes optional", "breaking", (c) => {
    schema(c, "JobStarted").required = [];
  }),
  edit("an optional field of an answer becomes required", "safe", (c) => {
    schema(c, "ImageServer").required = [...(schema(c, "ImageServer").required ?? []), "image_id"];
  }),
  edit("an answer's enum widened", "risky", (c) => void schema(c, "ImageServerStatus").anyOf[0].enum.push("PAUSED")),
  edit("an answer's enum narrowed", "safe", (c) => void schema(c, "ImageServerStatus").anyOf[0].enum.pop()),
  edit("an answer's constraint loosened", "risky", (c) => {
    schema(c, "ImageServerList").properties.items.maxItems = 1000;
  }),
  edit("an answer's constraint tightened", "safe", (c) => {
    schema(c, "ImageServer").properties.name.maxLength = 10;
  }),
  edit("the type of an answer's field changed", "breaking", (c) => {
    schema(c, "JobStarted").properties.job_id = { type: "integer" };
  }),
  edit("an answer's field may be null", "breaking", (c) => {
    schema(c, "JobStarted").properties.job_id.type = ["string", "null"];
  }),
  edit("the status of a success changed", "breaking", (c) => {
    c.paths[recreate].post.responses[202] = c.paths[recreate].post.responses[200];
    delete c.paths[recreate].post.responses[200];
  }),
  edit("a new error status", "risky", (c) => {
    c.paths[recreate].post.responses[409] = { $ref: "#/components/responses/Conflict" };
  }),
  edit("an error status removed", "safe", (c) => void delete c.paths[recreate].post.responses[504]),

  edit("a further status of success", "risky", (c) => {
    post(c).responses[202] = { description: "Later." };
  }),
  edit("an answer for every other status", "risky", (c) => {
    post(c).responses.default = { description: "Anything else." };
  }),
  edit("an error's status changed", "risky", (c) => {
    post(c).responses[410] = post(c).responses[404];
    delete post(c).responses[404];
  }),
  edit("an answer's media type changed", "breaking", (c) => {
    const { content } = post(c).responses[200];
    content["text/plain"] = content["application/json"];
    delete content["application/json"];
  }),
  edit("one more media type of an answer", "risky", (c) => {
    post(c).responses[200].content["text/plain"] = { schema: { type: "string" } };
  }),
  edit("the body of an answer removed", "breaking", (c) => void delete post(c).responses[200].content),
  edit("a header of an answer removed", "breaking", (c) => void delete post(c).responses[200].headers["X-Request-Id"]),
  edit("a header of an answer added", "safe", (c) => {
    post(c).responses[200].headers["X-New"] = { schema: { type: "string" } };
  }),
  edit("a field of an error removed", "breaking", (c) => void delete schema(c, "ErrorResponse").properties.error_msg),
  edit("a nested field of an answer may be null", "breaking", (c) => {
    schema(c, "JobResourceInfo").properties.resource_id.type = ["string", "null"];
  }),
  edit("an answer's field is never null any more", "safe", (c) => {
    schema(c, "Time").type = "string";
  }),
  edit("an answer's pattern added", "safe", (c) => {
    schema(c, "JobStarted").properties.job_id.pattern = "^[0-9]+$";
  }),
  edit(
    "an answer's pattern changed",
    "risky",
    (c) => {
      schema(c, "JobStarted").properties.job_id.pattern = "^[0-9a-f]+$";
    },
    (c) => {
      schema(c, "JobStarted").properties.job_id.pattern = "^[0-9]+$";
    },
  ),
  edit("an answer's limit removed", "risky", (c) => void delete schema(c, "ImageServerList").properties.items.maxItems),
  edit("an answer's format added", "safe", (c) => {
    schema(c, "JobStarted").properties.job_id.format = "uuid";
  }),
  edit(
    "an answer's list may have duplicates",
    "risky",
    (c) => void delete schema(c, "ImageServerList").properties.items.uniqueItems,
    (c) => {
      schema(c, "ImageServerList").properties.items.uniqueItems = true;
    },
  ),
  edit("an answer closes to unknown properties", "safe", (c) => {
    schema(c, "ImageServer").additionalProperties = false;
  }),
  edit("a field of an answer is the caller's to send only", "breaking", (c) => {
    const { name } = schema(c, "ImageServer").properties;
    delete name.readOnly;
    name.writeOnly = true;
  }),
  edit("a field of an answer deprecated", "risky", (c) => {
    schema(c, "ImageServer").properties.image_id.deprecated = true;
  }),
  edit("an answer's open list of values is closed", "safe", (c) => void schema(c, "ImageServerStatus").anyOf.pop()),
  edit("a link of an answer removed", "safe", (c) => void delete post(c).responses[200].links),

  // What is used on both sides.
  edit(
    "a list of values that requests and answers share loses one and gains one",
    "breaking",
    (c) => {
      schema(c, "RootVolume").properties.type.enum.splice(0, 1, "NEW");
    },
    (c) => {
      schema(c, "ImageServer").properties.root_volume = { $ref: "#/components/schemas/RootVolume" };
    },
  ),
  edit(
    "a limit that requests and answers share loosened",
    "risky",
    (c) => {
      schema(c, "RootVolume").properties.size.maximum = 4096;
    },
    (c) => {
      schema(c, "ImageServer").properties.root_volume = { $ref: "#/components/schemas/RootVolume" };
    },
  ),
  edit(
    "a limit that requests and answers share tightened",
    "breaking",
    (c) => {
      schema(c, "RootVolume").properties.size.maximum = 512;
    },
    (c) => {
      schema(c, "ImageServer").properties.root_volume = { $ref: "#/components/schemas/RootVolume" };
    },
  ),
];
