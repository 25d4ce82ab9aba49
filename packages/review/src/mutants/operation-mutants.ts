// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { asList, asNode } from "../document.ts";
import { type Any, followed } from "./places.ts";

/** A way to change what is around the schemas, of which it is known that callers must hear of it. */
export interface OperationMutation {
  readonly name: string;
  readonly breaks: boolean;
  /** Makes the change; false where the operation has nothing of the kind. */
  readonly apply: (document: Any, operation: Operation) => boolean;
}

export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly node: Any;
}

function mutation(
  name: string,
  apply: (document: Any, operation: Operation) => unknown,
  breaks = true,
): OperationMutation {
  return { name, breaks, apply: (document, operation) => apply(document, operation) !== false };
}

/** Parameters, each its own copy, so that only this operation is touched. */
function parameters(document: Any, { node, path }: Operation): Any[] {
  const all = [...asList(document.paths[path].parameters), ...asList(node.parameters)];
  node.parameters = all.map((one) => structuredClone(followed(document, one)));
  return node.parameters;
}

function parameterWhere(document: Any, operation: Operation, fits: (one: Any) => boolean): Any {
  return parameters(document, operation).find(fits);
}

const first = (document: Any, operation: Operation, place: string) =>
  parameterWhere(document, operation, (one) => one.in === place);

function success(document: Any, { node }: Operation): { status: string; answer: Any } | undefined {
  const status = Object.keys(asNode(node.responses)).find((one) => one.startsWith("2"));
  if (status === undefined) return undefined;
  const answer = structuredClone(followed(document, node.responses[status]));
  node.responses[status] = answer;
  return { status, answer };
}

function bodyOf(document: Any, { node }: Operation): Any {
  if (node.requestBody === undefined) return undefined;
  node.requestBody = structuredClone(followed(document, node.requestBody));
  return node.requestBody;
}

function header(document: Any, operation: Operation): { headers: Any; name: string } | undefined {
  const found = success(document, operation);
  const [name] = Object.keys(asNode(found?.answer.headers));
  if (found === undefined || name === undefined) return undefined;
  found.answer.headers[name] = structuredClone(followed(document, found.answer.headers[name]));
  return { headers: found.answer.headers, name };
}

const change = (value: Any, changes: object): boolean => value !== undefined && Boolean(Object.assign(value, changes));

export const operationMutations: readonly OperationMutation[] = [
  mutation("the operation is gone", (d, { path, method }) => void delete d.paths[path][method]),
  mutation("the path is gone", (d, { path }) => void delete d.paths[path]),
  mutation("the path is another", (d, { path }) => {
    d.paths[`${path}/other`] = d.paths[path];
    delete d.paths[path];
  }),
  mutation("the method is another", (d, { path, method }) => {
    const other = method === "put" ? "patch" : "put";
    if (other in d.paths[path]) return false;
    d.paths[path][other] = d.paths[path][method];
    return delete d.paths[path][method];
  }),
  mutation("the operationId is another", (_, { node }) => void (node.operationId = `${node.operationId}Again`)),
  // Parameters.
  ...["query", "header", "cookie"].map((place) =>
    mutation(`a new required ${place} parameter`, (d, o) => {
      parameters(d, o).push({ name: "brand-new", in: place, required: true, schema: { type: "string" } });
    }),
  ),
  mutation("a parameter less", (d, o) => {
    const all = parameters(d, o);
    const index = all.findIndex((one) => one.in === "query");
    if (index < 0) return false;
    const item = d.paths[o.path];
    item.parameters = asList(item.parameters).filter((one) => followed(d, one).name !== all[index].name);
    return all.splice(index, 1);
  }),
  mutation("a parameter required", (d, o) =>
    change(
      parameterWhere(d, o, (one) => one.required !== true),
      { required: true },
    ),
  ),
  mutation("a parameter renamed", (d, o) => change(first(d, o, "query"), { name: "renamed" })),
  mutation("a header parameter renamed", (d, o) =>
    change(first(d, o, "header"), { name: "X-Renamed", required: true }),
  ),
  mutation("a query parameter in a header", (d, o) => change(first(d, o, "query"), { in: "header" })),
  mutation("a parameter by pipes", (d, o) => change(first(d, o, "query"), { style: "pipeDelimited" })),
  mutation("a parameter by spaces", (d, o) => change(first(d, o, "query"), { style: "spaceDelimited" })),
  mutation("a deep parameter", (d, o) => change(first(d, o, "query"), { style: "deepObject", explode: true })),
  mutation("a path parameter as a matrix", (d, o) => change(first(d, o, "path"), { style: "matrix" })),
  mutation("a path parameter as a label", (d, o) => change(first(d, o, "path"), { style: "label" })),
  mutation("a list that does not explode", (d, o) => change(first(d, o, "query"), { explode: false })),
  mutation("a parameter as JSON", (d, o) => {
    const one = first(d, o, "query");
    if (one === undefined) return false;
    one.content = { "application/json": { schema: one.schema } };
    return delete one.schema;
  }),
  mutation("an unknown field of a parameter", (d, o) => change(first(d, o, "query"), { "x-must-be": "signed" })),
  // Bodies.
  mutation("the body is gone", (_, { node }) => node.requestBody !== undefined && delete node.requestBody),
  mutation("a required body", (_, { node }) => {
    if (node.requestBody !== undefined) return false;
    node.requestBody = { required: true, content: { "application/json": { schema: { type: "object" } } } };
  }),
  mutation("another media type of the body", (d, o) => {
    const body = bodyOf(d, o);
    const [type] = Object.keys(asNode(body?.content));
    if (type === undefined) return false;
    body.content["application/cbor"] = body.content[type];
    return delete body.content[type];
  }),
  mutation("parameters of the body's media type", (d, o) => {
    const body = bodyOf(d, o);
    if (body?.content?.["application/json"] === undefined) return false;
    body.content["application/json;version=2"] = body.content["application/json"];
    return delete body.content["application/json"];
  }),
  mutation("a part of the body written otherwise", (d, o) => {
    const media = Object.values(asNode(bodyOf(d, o)?.content))[0] as Any;
    const [name] = Object.keys(asNode(followed(d, media?.schema)?.properties));
    if (name === undefined) return false;
    media.encoding = { [name]: { contentType: "application/xml" } };
  }),
  mutation("a body refused", (d, o) => {
    const media = Object.values(asNode(bodyOf(d, o)?.content))[0] as Any;
    return change(media, { schema: false });
  }),
  // Answers.
  mutation("no success any more", (d, o) => {
    const found = success(d, o);
    return found !== undefined && delete o.node.responses[found.status];
  }),
  mutation("another status of success", (d, o) => {
    const found = success(d, o);
    if (found === undefined) return false;
    o.node.responses["206"] = found.answer;
    return delete o.node.responses[found.status];
  }),
  mutation("a new error", (_, { node }) => void (node.responses["418"] = { description: "Never." })),
  mutation("an answer for all else", (_, { node }) => void (node.responses.default = { description: "Never." })),
  mutation("no body in the answer", (d, o) => {
    const found = success(d, o);
    return found?.answer.content !== undefined && delete found.answer.content;
  }),
  mutation("another media type of the answer", (d, o) => {
    const found = success(d, o);
    const [type] = Object.keys(asNode(found?.answer.content));
    if (found === undefined || type === undefined) return false;
    found.answer.content["application/xml"] = found.answer.content[type];
    return delete found.answer.content[type];
  }),
  mutation("an answer without a schema", (d, o) => {
    const media = Object.values(asNode(success(d, o)?.answer.content))[0] as Any;
    return media?.schema !== undefined && delete media.schema;
  }),
  mutation("a header less", (d, o) => {
    const found = header(d, o);
    return found !== undefined && delete found.headers[found.name];
  }),
  mutation("a header renamed", (d, o) => {
    const found = header(d, o);
    if (found === undefined) return false;
    found.headers["X-Renamed"] = found.headers[found.name];
    return delete found.headers[found.name];
  }),
  mutation("a header of another type", (d, o) => {
    const found = header(d, o);
    return (
      found !== undefined &&
      change(found.headers[found.name], { schema: { type: "array", items: { type: "integer" } } })
    );
  }),
  mutation("a header that may be null", (d, o) => {
    const found = header(d, o);
    return (
      found !== undefined &&
      change(found.headers[found.name], { schema: { anyOf: [found.headers[found.name].schema, { type: "null" }] } })
    );
  }),
  mutation("a header written otherwise", (d, o) => {
    const found = header(d, o);
    return found !== undefined && change(found.headers[found.name], { explode: true });
  }),
  // Who is let in, and where.
  mutation("one kind of credentials only", (d, { node }) => {
    const ways = asList(node.security ?? d.security);
    if (ways.length < 2) return false;
    node.security = ways.slice(0, 1);
  }),
  mutation("all kinds of credentials at once", (d, { node }) => {
    const ways = asList(node.security ?? d.security);
    if (ways.length < 2) return false;
    node.security = [Object.assign({}, ...(ways as object[]))];
  }),
  mutation("another scope", (d, { node }) => {
    const ways = asList(node.security ?? d.security);
    if (ways.length === 0) return false;
    node.security = ways.map((way) => Object.fromEntries(Object.keys(asNode(way)).map((name) => [name, ["write"]])));
  }),
  mutation("a scheme that is another", (d) => {
    const [scheme] = Object.values(asNode(asNode(d.components).securitySchemes)) as Any[];
    return change(followed(d, scheme), { name: "X-Another", in: "query", type: "apiKey" });
  }),
  mutation("another host", (_, { node }) => void (node.servers = [{ url: "https://elsewhere.example.com" }])),
  mutation("no host of the document", (d) => asList(d.servers).length > 1 && d.servers.pop()),
  mutation("another host of the document", (d) => {
    if (asList(d.servers).length === 0) return false;
    d.servers[0].url = "https://elsewhere.example.com";
  }),
  mutation("deprecated", (_, { node }) => void (node.deprecated = true)),
  mutation("an unknown field", (_, { node }) => void (node["x-needs-a-moon"] = "full")),
  mutation("a callback", (_, { node }) => {
    node.callbacks = { done: { "{$request.body#/url}": { post: { responses: { 200: { description: "Fine." } } } } } };
  }),
  // What does callers no harm.
  mutation("other words", (_, { node }) => void (node.description = "Other words."), false),
  mutation(
    "an error less",
    (_, { node }) => {
      const status = Object.keys(node.responses).find((one) => one.startsWith("4"));
      return status !== undefined && delete node.responses[status];
    },
    false,
  ),
  mutation(
    "a new optional parameter",
    (d, o) => void parameters(d, o).push({ name: "brand-new", in: "query", schema: { type: "string" } }),
    false,
  ),
  mutation(
    "open to everybody as well",
    (d, { node }) => {
      node.security = [...asList(node.security ?? d.security), {}];
    },
    false,
  ),
];
