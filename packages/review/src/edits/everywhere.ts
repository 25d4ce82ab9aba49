// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { listing, pathOf, sending, success } from "./at.ts";
import { type Contract, type Edit, edit } from "./edit.ts";

const text = { schema: { type: "string" } };
const query = (more: object = {}) => ({
  name: "edited",
  in: "query",
  schema: { type: "array", items: { type: "string" } },
  ...more,
});
const withQuery =
  (more: object = {}) =>
  (c: Contract) =>
    void listing(c).parameters.push(query(more));
const only = (c: Contract) => listing(c).parameters.find((one: Contract) => one.name === "edited");
const set = (changes: object) => (c: Contract) => void Object.assign(only(c), changes);
const answerHeader = (header: object | undefined) => (c: Contract) => {
  const answer = success(c, listing(c));
  const { "X-Edited": _, ...others } = answer.headers ?? {};
  answer.headers = header === undefined ? others : { ...others, "X-Edited": header };
};
const form = (encoding?: object) => (c: Contract) => {
  const properties = { part: { type: "string" } };
  sending(c).requestBody = {
    required: true,
    content: { "multipart/form-data": { schema: { type: "object", properties }, ...(encoding && { encoding }) } },
  };
};
const ways = (list: readonly object[]) => (c: Contract) => {
  c.components.securitySchemes.edited = {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://a.example/token", scopes: { read: "", write: "" } } },
  };
  c.components.securitySchemes.bearer = { type: "http", scheme: "bearer", bearerFormat: "JWT" };
  listing(c).security = list;
};

/** Edits that every document can have, whatever operations are in it. */
export const everywhere: readonly Edit[] = [
  edit("the operation removed", "breaking", (c) => {
    const { path, method } = pathOf(c, listing(c));
    delete c.paths[path][method];
  }),
  edit("the path removed", "breaking", (c) => void delete c.paths[pathOf(c, listing(c)).path]),
  edit("another operation", "safe", (c) => {
    c.paths["/v9/edited"] = { get: { operationId: "Edited", responses: { 200: { description: "Fine." } } } };
  }),
  edit("the method's name in the client", "breaking", (c) => void Object.assign(listing(c), { operationId: "Edited" })),
  edit("the operation is deprecated", "risky", (c) => void Object.assign(listing(c), { deprecated: true })),
  edit("not deprecated, written out", "unchanged", (c) => void Object.assign(listing(c), { deprecated: false })),
  edit("an unknown field of the operation", "risky", (c) => void Object.assign(listing(c), { "x-edited": 1 })),
  edit(
    "an unknown field of the path",
    "risky",
    (c) => void Object.assign(c.paths[pathOf(c, listing(c)).path], { "x-edited": 1 }),
  ),
  edit("an unknown field of the document", "risky", (c) => void Object.assign(c, { "x-edited": 1 })),
  edit("a later patch of OpenAPI", "unchanged", (c) => void Object.assign(c, { openapi: "3.1.1" })),
  edit("a later version of OpenAPI", "risky", (c) => void Object.assign(c, { openapi: "3.2.0" })),
  edit("the document's version", "safe", (c) => void Object.assign(c.info, { version: "9.9.9" })),
  edit("another group's description", "safe", (c) => void Object.assign(c.tags[0], { description: "Other words." })),

  // Parameters.
  edit("a required parameter of the query", "breaking", withQuery({ required: true })),
  edit(
    "a required parameter with a default",
    "breaking",
    withQuery({ required: true, schema: { type: "string", default: "a" } }),
  ),
  edit("an optional parameter of the query", "safe", withQuery()),
  edit("a required header", "breaking", withQuery({ in: "header", required: true })),
  edit("an optional header", "safe", withQuery({ in: "header" })),
  edit("a required cookie", "breaking", withQuery({ in: "cookie", required: true })),
  edit("a header that OpenAPI ignores", "unchanged", withQuery({ in: "header", name: "Accept", required: true })),
  edit(
    "a parameter less",
    "breaking",
    (c) => void (listing(c).parameters = listing(c).parameters.filter((one: Contract) => one.name !== "edited")),
    withQuery(),
  ),
  edit("a parameter required", "breaking", set({ required: true }), withQuery()),
  edit("a parameter required no more", "safe", set({ required: false }), withQuery({ required: true })),
  edit("a parameter not required, written out", "unchanged", set({ required: false }), withQuery()),
  edit("a parameter renamed", "breaking", set({ name: "renamed" }), withQuery()),
  edit("a parameter elsewhere", "breaking", set({ in: "header" }), withQuery()),
  edit("a parameter deprecated", "risky", set({ deprecated: true }), withQuery()),
  edit("a parameter deprecated no more", "safe", set({ deprecated: false }), withQuery({ deprecated: true })),
  edit(
    "how a list is written, written out",
    "unchanged",
    set({ style: "form", explode: true, allowReserved: false }),
    withQuery(),
  ),
  edit("a list that does not explode", "breaking", set({ explode: false }), withQuery()),
  edit("a list by pipes", "breaking", set({ style: "pipeDelimited" }), withQuery()),
  edit(
    "a single value that does not explode",
    "risky",
    set({ explode: false }),
    withQuery({ schema: { type: "string" } }),
  ),
  edit("reserved signs", "risky", set({ allowReserved: true }), withQuery()),
  edit("no reserved signs any more", "breaking", set({ allowReserved: false }), withQuery({ allowReserved: true })),
  edit("an empty value", "safe", set({ allowEmptyValue: true }), withQuery()),
  edit("no empty value any more", "breaking", set({ allowEmptyValue: false }), withQuery({ allowEmptyValue: true })),
  edit(
    "a parameter as JSON",
    "breaking",
    (c) => {
      const { schema, ...rest } = only(c);
      listing(c).parameters = [
        ...listing(c).parameters.filter((one: Contract) => one.name !== "edited"),
        { ...rest, content: { "application/json": { schema } } },
      ];
    },
    withQuery(),
  ),
  edit("an unknown field of a parameter", "risky", set({ "x-edited": 1 }), withQuery()),
  edit("a parameter's example", "safe", set({ example: ["another example"] }), withQuery()),

  // Bodies.
  edit("the body is gone", "breaking", (c) => void delete sending(c).requestBody),
  edit(
    "the body must be there",
    "breaking",
    (c) => void (sending(c).requestBody.required = true),
    (c) => void (sending(c).requestBody.required = false),
  ),
  edit(
    "the body need not be there",
    "safe",
    (c) => void (sending(c).requestBody.required = false),
    (c) => void (sending(c).requestBody.required = true),
  ),
  edit("a media type more of the body", "safe", (c) => void (sending(c).requestBody.content["text/csv"] = {})),
  edit(
    "a media type less of the body",
    "breaking",
    (c) => void delete sending(c).requestBody.content["text/csv"],
    (c) => void (sending(c).requestBody.content["text/csv"] = {}),
  ),
  edit(
    "a media type in other letters",
    "unchanged",
    (c) => {
      sending(c).requestBody.content = { "Text/CSV": {} };
    },
    (c) => void (sending(c).requestBody.content = { "text/csv": {} }),
  ),
  edit(
    "a body without a schema",
    "safe",
    (c) => void (sending(c).requestBody.content = { "text/csv": {} }),
    (c) => void (sending(c).requestBody.content = { "text/csv": text }),
  ),
  edit(
    "a body with a schema",
    "breaking",
    (c) => void (sending(c).requestBody.content = { "text/csv": text }),
    (c) => void (sending(c).requestBody.content = { "text/csv": {} }),
  ),
  edit("a form's part of another media type", "breaking", form({ part: { contentType: "application/xml" } }), form()),
  edit("a form's part of its usual media type", "unchanged", form({ part: { contentType: "text/plain" } }), form()),
  edit("a form's part written otherwise", "breaking", form({ part: { style: "pipeDelimited" } }), form()),
  edit("a form's part with a header", "breaking", form({ part: { headers: { "X-A": text } } }), form()),
  edit("an unknown field of the body", "risky", (c) => void (sending(c).requestBody["x-edited"] = 1)),

  // Answers.
  edit("another status of success too", "risky", (c) => void (listing(c).responses[206] = { description: "A part." })),
  edit(
    "no such status of success any more",
    "breaking",
    (c) => void delete listing(c).responses[206],
    (c) => void (listing(c).responses[206] = { description: "A part." }),
  ),
  edit("another error", "risky", (c) => void (listing(c).responses[418] = { description: "Never." })),
  edit(
    "an error less",
    "safe",
    (c) => void delete listing(c).responses[418],
    (c) => void (listing(c).responses[418] = { description: "Never." }),
  ),
  edit("an answer for all else", "risky", (c) => void (listing(c).responses.default = { description: "Never." })),
  edit("no body in the answer any more", "breaking", (c) => void delete success(c, listing(c)).content),
  edit("a media type more of the answer", "risky", (c) => void (success(c, listing(c)).content["text/csv"] = {})),
  edit(
    "a media type less of the answer",
    "breaking",
    (c) => void delete success(c, listing(c)).content["text/csv"],
    (c) => void (success(c, listing(c)).content["text/csv"] = {}),
  ),
  edit(
    "an answer without a schema",
    "breaking",
    (c) => void (success(c, listing(c)).content = { "text/csv": {} }),
    (c) => void (success(c, listing(c)).content = { "text/csv": text }),
  ),
  edit(
    "an answer with a schema",
    "safe",
    (c) => void (success(c, listing(c)).content = { "text/csv": text }),
    (c) => void (success(c, listing(c)).content = { "text/csv": {} }),
  ),
  edit(
    "the whole answer may be null",
    "breaking",
    (c) => void (success(c, listing(c)).content = { "text/csv": { schema: { type: ["string", "null"] } } }),
    (c) => void (success(c, listing(c)).content = { "text/csv": text }),
  ),
  edit("a header more", "safe", answerHeader(text)),
  edit("a header less", "breaking", answerHeader(undefined), answerHeader(text)),
  edit("a required header less", "breaking", answerHeader(undefined), answerHeader({ ...text, required: true })),
  edit("a header that may be missing", "breaking", answerHeader(text), answerHeader({ ...text, required: true })),
  edit("a header that is always there", "safe", answerHeader({ ...text, required: true }), answerHeader(text)),
  edit("a header of another type", "breaking", answerHeader({ schema: { type: "integer" } }), answerHeader(text)),
  edit(
    "a header of a wider type",
    "breaking",
    answerHeader({ schema: { type: ["string", "integer"] } }),
    answerHeader(text),
  ),
  edit(
    "a header of a narrower type",
    "safe",
    answerHeader(text),
    answerHeader({ schema: { type: ["string", "integer"] } }),
  ),
  edit(
    "a header that may be null",
    "breaking",
    answerHeader({ schema: { type: ["string", "null"] } }),
    answerHeader(text),
  ),
  edit(
    "a header that is never null any more",
    "safe",
    answerHeader(text),
    answerHeader({ schema: { type: ["string", "null"] } }),
  ),
  edit("a header deprecated", "risky", answerHeader({ ...text, deprecated: true }), answerHeader(text)),
  edit(
    "how a header is written, written out",
    "unchanged",
    answerHeader({ ...text, style: "simple", explode: false, required: false }),
    answerHeader(text),
  ),
  edit("an unknown field of a header", "risky", answerHeader({ ...text, "x-edited": 1 }), answerHeader(text)),

  // Who is let in, and where.
  edit(
    "a scope more",
    "breaking",
    (c) => void (listing(c).security = [{ edited: ["read", "write"] }]),
    ways([{ edited: ["read"] }]),
  ),
  edit(
    "a scope less",
    "safe",
    (c) => void (listing(c).security = [{ edited: ["read"] }]),
    ways([{ edited: ["read", "write"] }]),
  ),
  edit(
    "one way to be let in less",
    "breaking",
    (c) => void (listing(c).security = [{ bearer: [] }]),
    ways([{ bearer: [] }, { edited: [] }]),
  ),
  edit(
    "one way to be let in more",
    "safe",
    (c) => void (listing(c).security = [{ bearer: [] }, { edited: [] }]),
    ways([{ bearer: [] }]),
  ),
  edit(
    "both ways at once",
    "breaking",
    (c) => void (listing(c).security = [{ bearer: [], edited: [] }]),
    ways([{ bearer: [] }, { edited: [] }]),
  ),
  edit(
    "open to everybody too",
    "safe",
    (c) => void (listing(c).security = [{ bearer: [] }, {}]),
    ways([{ bearer: [] }]),
  ),
  edit(
    "another address for tokens",
    "breaking",
    (c) => void (c.components.securitySchemes.edited.flows.clientCredentials.tokenUrl = "https://b.example/token"),
    ways([{ edited: [] }]),
  ),
  edit(
    "a scope that does not exist any more",
    "breaking",
    (c) => void delete c.components.securitySchemes.edited.flows.clientCredentials.scopes.write,
    ways([{ edited: [] }]),
  ),
  edit(
    "a scope that exists now",
    "safe",
    (c) => void (c.components.securitySchemes.edited.flows.clientCredentials.scopes.admin = ""),
    ways([{ edited: [] }]),
  ),
  edit(
    "a scope in other words",
    "unchanged",
    (c) => void (c.components.securitySchemes.edited.flows.clientCredentials.scopes.write = "Writes."),
    ways([{ edited: [] }]),
  ),
  edit(
    "another kind of scheme",
    "breaking",
    (c) => void (c.components.securitySchemes.bearer = { type: "http", scheme: "basic" }),
    ways([{ bearer: [] }]),
  ),
  edit(
    "another format of tokens",
    "risky",
    (c) => void (c.components.securitySchemes.bearer.bearerFormat = "opaque"),
    ways([{ bearer: [] }]),
  ),
  edit(
    "a scheme that nothing asks for",
    "unchanged",
    (c) => void (c.components.securitySchemes.unused = { type: "http", scheme: "basic" }),
  ),
  edit("a host of its own", "breaking", (c) => void (listing(c).servers = [{ url: "https://edited.example" }])),
  edit("a host more", "safe", (c) => void c.servers.push({ url: "https://edited.example" })),
  edit(
    "a host less",
    "breaking",
    (c) => void c.servers.pop(),
    (c) => void c.servers.push({ url: "https://edited.example" }),
  ),
  edit(
    "a host with a slash at its end",
    "unchanged",
    (c) => void (c.servers.at(-1).url = "https://edited.example/"),
    (c) => void c.servers.push({ url: "https://edited.example" }),
  ),

  // The service calls.
  edit("a call back", "risky", (c) => void (sending(c).callbacks = { done: {} })),
  edit(
    "no call back any more",
    "breaking",
    (c) => void delete sending(c).callbacks,
    (c) => void (sending(c).callbacks = { done: {} }),
  ),
  edit(
    "a webhook",
    "safe",
    (c) => void (c.webhooks = { done: { post: { responses: { 200: { description: "Fine." } } } } }),
  ),
  edit(
    "no webhook any more",
    "breaking",
    (c) => void delete c.webhooks,
    (c) => void (c.webhooks = { done: { post: { responses: { 200: { description: "Fine." } } } } }),
  ),
];
