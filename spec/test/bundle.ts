import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnySchemaObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Json } from "../build/document.ts";

/** The built contract, that of IAM, and that of the image service. */
export const documents: Readonly<Record<string, Json>> = {
  aps: read("openapi.json"),
  iam: read("iam.json"),
  ims: read("ims.json"),
};

/** Reads a file of `dist`, which the build must have made. */
export function read(name: string): Json {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../dist", name), "utf8"));
}

const validators = new Map<Json, (pointer: string) => ValidateFunction>();

/** A validator for the schema at a JSON pointer of a bundle. */
export function validatorAt(bundle: Json, pointer: string): ValidateFunction {
  const known = validators.get(bundle) ?? compilerOf(bundle);
  validators.set(bundle, known);
  return known(pointer);
}

function compilerOf(bundle: Json): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { password: true } });
  addFormats.default(ajv);
  ajv.addSchema(bundle as AnySchemaObject, "bundle");
  return (pointer) => {
    const id = `bundle#${encodeURI(pointer.replace(/^#/, ""))}`;
    return ajv.getSchema(id) ?? ajv.compile({ $ref: id });
  };
}

/** A JSON pointer from names, escaped. */
export function pointer(...names: string[]): string {
  return names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
