import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import {
  type Contract,
  type JsonContent,
  operationsOf,
  type Parameter,
  type ResolvedOperation,
  type Schema,
} from "./contract.ts";

/**
 * Validators of every request and every response, as code that needs no schema compiler at run time: in a page, a
 * content security policy may forbid one. Named `request_<operationId>` and by {@link answerValidator}.
 */
export async function validatorsOf(documents: Readonly<Record<string, Contract>>): Promise<string> {
  const ajv = new Ajv2020.default({
    allErrors: true,
    strict: false,
    unicodeRegExp: true,
    validateFormats: false,
    code: { esm: true, source: true, optimize: 2 },
  });
  const names: Record<string, string> = {};
  const register = (name: string, schema: Schema) => {
    if (names[name] !== undefined) return;
    ajv.addSchema(schema, name);
    names[name] = name;
  };
  for (const [id, contract] of Object.entries(documents)) {
    ajv.addSchema({ schemas: rebase(id, contract.components.schemas) }, id);
    for (const resolved of operationsOf(contract)) {
      const { operationId } = resolved.operation;
      register(`request_${operationId}`, rebase(id, requestSchema(resolved)) as Schema);
      for (const [status, { content }] of Object.entries(resolved.responses)) {
        if (content === undefined) continue;
        register(
          answerValidator(id, operationId, status, content),
          rebase(id, content["application/json"].schema) as Schema,
        );
      }
    }
  }
  const bundled = await build({
    stdin: { contents: standaloneCode.default(ajv, names), resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    minifySyntax: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
  return `// @ts-nocheck\n// Made from the contract. Changes here are lost.\n${bundled.outputFiles[0]?.text ?? ""}`;
}

/** Name of the validator of an answer. Answers that share a schema share its validator. */
export function answerValidator(document: string, operationId: string, status: string, content: JsonContent): string {
  const reference = content["application/json"].schema.$ref;
  if (typeof reference !== "string") return `answer_${operationId}_${status}`;
  return `answer_${document}_${reference.split("/").at(-1)}`;
}

function requestSchema({ operation, parameters }: ResolvedOperation): Schema {
  const body = operation.requestBody?.content["application/json"].schema;
  return {
    type: "object",
    required: ["path", "query", ...(operation.requestBody?.required ? ["body"] : [])],
    properties: {
      path: parameterSchema(parameters, "path"),
      query: parameterSchema(parameters, "query"),
      ...(body === undefined ? {} : { body }),
    },
  };
}

function parameterSchema(parameters: readonly Parameter[], place: Parameter["in"]): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    properties: Object.fromEntries(here.map((parameter) => [parameter.name, parameter.schema])),
  };
}

/** Leads references from the document's components to the schema that holds them here. */
function rebase(id: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => rebase(id, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/components/", `${id}#/`)]
        : [key, rebase(id, inner)],
    ),
  );
}
