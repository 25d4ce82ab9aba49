import { body, type Contract, type Edit, edit, post, property, recreate, renamed, schema } from "./edit.ts";

/** What is said, and how it is written down, while nothing changes on the wire. */
export const writing: readonly Edit[] = [
  edit("a description reworded", "safe", (c) => {
    c.paths[recreate].post.description = "Other words.";
  }),
  edit("an example changed", "safe", (c) => {
    c.components.examples.RecreateServerImageRequest.value.name = "another";
  }),
  edit("a quirk written down", "safe", (c) => {
    c.paths[recreate].post["x-aps-quirks"] = [{ id: "q", says: "s", decision: "d", reason: "r" }];
  }),

  edit("an error code explained in other words", "safe", (c) => {
    c["x-aps-error-codes"][0].remedy = "Other words.";
  }),
  edit("a job described in other words", "safe", (c) => {
    c["x-aps-job"].image.description = "Other words.";
  }),
  edit("a summary reworded", "safe", (c) => {
    post(c).summary = "Make an image";
  }),
  edit("a source's date moved", "safe", (c) => {
    post(c)["x-aps-source"].date = "2026-11-01";
  }),
  edit("a limit's absence explained otherwise", "safe", (c) => {
    schema(c, "JobStarted").properties.job_id["x-aps-unbounded"] = "Nobody says so.";
  }),
  edit("the version moved", "safe", (c) => {
    c.info.version = "9.0.0";
  }),
  edit("a field's schema moved to a component of its own", "unchanged", (c) => {
    c.components.schemas.ImageName = property(c, "name");
    body(c).properties.name = { $ref: "#/components/schemas/ImageName" };
  }),
  edit("parameters moved from the path to its operation", "unchanged", (c) => {
    const item = c.paths[recreate];
    item.post.parameters = [...item.parameters, ...item.post.parameters];
    delete item.parameters;
  }),
  edit("an answer put together from parts written as one", "unchanged", (c) => {
    const whole = schema(c, "ImageJob");
    const parts = whole.allOf.map((part: Contract) =>
      part.$ref === undefined ? part : schema(c, part.$ref.split("/").at(-1)),
    );
    delete whole.allOf;
    const required = parts.flatMap((part: Contract) => part.required ?? []);
    Object.assign(whole, { type: "object", required });
    whole.properties = Object.assign({}, ...parts.map((part: Contract) => part.properties), whole.properties);
  }),
  edit("a limit written as a part of its own", "unchanged", (c) => {
    const { maxLength, ...rest } = property(c, "name");
    body(c).properties.name = { ...rest, allOf: [{ maxLength }] };
  }),
  edit("fields in another order", "unchanged", (c) => {
    body(c).properties = Object.fromEntries(Object.entries(body(c).properties).reverse());
  }),
  edit(
    "required fields in another order",
    "unchanged",
    (c) => void schema(c, "CreateImageServerRequest").required.reverse(),
  ),
  edit("paths in another order", "unchanged", (c) => {
    c.paths = Object.fromEntries(Object.entries(c.paths).reverse());
  }),
  // The client exports a type under the name, so that code which uses it stops compiling.
  edit("a schema of a request renamed", "breaking", (c) => renamed(c, "RecreateServerImageRequest", "RecreateRequest")),
  edit("a schema of an answer renamed", "breaking", (c) => renamed(c, "JobStarted", "StartedJob")),
];
