// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { asList, asNode, isNode, methods } from "../document.ts";
import { type Any, followed } from "../mutants/places.ts";
import { operationsOf } from "../operations.ts";

/** Another way to write the same document. */
export interface DocumentRewriting {
  readonly name: string;
  readonly apply: (document: Any) => void;
}

const reversed = (object: Any) => Object.fromEntries(Object.entries(object).reverse());

function each(document: Any, apply: (operation: Any, item: Any) => void): void {
  for (const { node, path } of operationsOf(document)) apply(node, document.paths[path]);
}

function parameters(document: Any): Any[] {
  const lists = Object.values(document.paths).flatMap((item: Any) => [
    item.parameters,
    ...methods.map((method) => item[method]?.parameters),
  ]);
  return lists.flatMap(asList).map((one) => followed(document, one));
}

function answers(document: Any): Any[] {
  const found: Any[] = [];
  each(document, ({ responses }) =>
    found.push(...Object.values(asNode(responses)).map((one) => followed(document, one))),
  );
  return found;
}

/** Ways to write a document otherwise that mean the same, so that none may be told as a change. */
export const documentRewritings: readonly DocumentRewriting[] = [
  { name: "paths in another order", apply: (d) => void (d.paths = reversed(d.paths)) },
  { name: "statuses in another order", apply: (d) => each(d, (o) => void (o.responses = reversed(o.responses))) },
  { name: "parameters in another order", apply: (d) => each(d, (o) => void o.parameters?.reverse()) },
  {
    name: "parameters of the path at its operations",
    apply: (d) => {
      for (const item of Object.values(d.paths) as Any[]) {
        for (const method of methods)
          if (isNode(item[method]))
            (item as Any)[method].parameters = [
              ...asList(item.parameters),
              ...asList((item as Any)[method].parameters),
            ];
        delete item.parameters;
      }
    },
  },
  {
    name: "parameters written out",
    apply: (d) =>
      each(d, (o) => void (o.parameters = asList(o.parameters).map((one) => structuredClone(followed(d, one))))),
  },
  {
    name: "how parameters are written",
    apply: (d) => {
      for (const one of parameters(d)) {
        const style = one.in === "query" || one.in === "cookie" ? "form" : "simple";
        Object.assign(one, {
          style: one.style ?? style,
          explode: one.explode ?? (one.style ?? style) === "form",
          allowReserved: one.allowReserved ?? false,
        });
      }
    },
  },
  {
    name: "parameters that are not",
    apply: (d) => {
      for (const one of parameters(d))
        Object.assign(one, {
          required: one.required ?? false,
          deprecated: one.deprecated ?? false,
          ...(one.in === "query" && { allowEmptyValue: one.allowEmptyValue ?? false }),
        });
    },
  },
  {
    name: "headers in other letters",
    apply: (d) => {
      for (const one of parameters(d)) if (one.in === "header") one.name = one.name.toUpperCase();
      for (const answer of answers(d)) {
        if (isNode(answer.headers))
          answer.headers = Object.fromEntries(
            Object.entries(answer.headers).map(([name, header]) => [name.toLowerCase(), header]),
          );
      }
    },
  },
  {
    name: "headers that are not",
    apply: (d) => {
      for (const answer of answers(d)) {
        for (const header of Object.values(asNode(answer.headers))) {
          const one = followed(d, header);
          Object.assign(one, { required: one.required ?? false, style: "simple", explode: one.explode ?? false });
        }
      }
    },
  },
  {
    name: "headers that OpenAPI ignores",
    apply: (d) =>
      each(
        d,
        (o) =>
          void (o.parameters = [
            ...asList(o.parameters),
            { name: "Content-Type", in: "header", schema: { type: "string" } },
          ]),
      ),
  },
  {
    name: "bodies that need not be",
    apply: (d) => each(d, (o) => isNode(o.requestBody) && ((o.requestBody as Any).required ??= false)),
  },
  {
    name: "media types in other letters",
    apply: (d) =>
      each(
        d,
        (o) =>
          isNode(o.requestBody) &&
          isNode((o.requestBody as Any).content) &&
          ((o.requestBody as Any).content = Object.fromEntries(
            Object.entries((o.requestBody as Any).content).map(([type, media]) => [type.toUpperCase(), media]),
          )),
      ),
  },
  {
    name: "an encoding that is the usual one",
    apply: (d) =>
      each(d, (o) => {
        for (const media of Object.values(asNode(asNode(followed(d, o.requestBody)).content)) as Any[]) {
          const [name] = Object.keys(asNode(followed(d, media.schema)?.properties));
          if (name !== undefined) media.encoding = { [name]: { style: "form", explode: true, allowReserved: false } };
        }
      }),
  },
  {
    name: "answers written out",
    apply: (d) =>
      each(
        d,
        (o) =>
          void (o.responses = Object.fromEntries(
            Object.entries(o.responses).map(([status, one]) => [status, structuredClone(followed(d, one))]),
          )),
      ),
  },
  {
    name: "security at each operation",
    apply: (d) => each(d, (o) => void (o.security ??= structuredClone(d.security))),
  },
  { name: "ways to be let in, in another order", apply: (d) => void d.security?.reverse() },
  { name: "operations that are not deprecated", apply: (d) => each(d, (o) => void (o.deprecated ??= false)) },
  {
    name: "a scheme by another name",
    apply: (d) => {
      const schemes = asNode(d.components?.securitySchemes) as Any;
      const [name = ""] = Object.keys(schemes);
      const text = JSON.stringify(d.security ?? []).replaceAll(`"${name}"`, '"otherwise"');
      schemes.otherwise = schemes[name];
      each(d, (o) => {
        if (o.security) o.security = JSON.parse(JSON.stringify(o.security).replaceAll(`"${name}"`, '"otherwise"'));
      });
      d.security = JSON.parse(text);
      delete schemes[name];
    },
  },
  { name: "servers in another order", apply: (d) => void d.servers?.reverse() },
  { name: "hosts at each operation", apply: (d) => each(d, (o) => void (o.servers ??= structuredClone(d.servers))) },
  { name: "a later patch of OpenAPI", apply: (d) => void (d.openapi = "3.1.1") },
  { name: "components in another order", apply: (d) => void (d.components.schemas = reversed(d.components.schemas)) },
];
