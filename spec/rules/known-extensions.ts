import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { HouseRule, Options } from "./house-rule.ts";
import { onExtension } from "./on-extension.ts";

const FOLDER = join(import.meta.dirname, "../extensions");

/**
 * Every extension is one of the documented ones, and has the documented shape.
 *
 * Option `others`: extensions of other makers that are used too.
 */
export const knownExtensions: HouseRule = {
  id: "known-extensions",
  reason: "An extension that is misspelt or has another shape is ignored by everything that is derived from it.",
  create: (options: Options) => {
    const others = (options.others ?? []) as string[];
    const shapes = readShapes();
    return onExtension(({ name, value, location }, ctx) => {
      if (others.includes(name)) return;
      const validate = shapes.get(name);
      if (!validate) {
        const message = `There is no extension ${name}. Correct the name, or describe it in spec/extensions.`;
        ctx.report({ message, location: location.key() });
        return;
      }
      if (validate(value)) return;
      for (const { instancePath, keyword, message } of validate.errors ?? []) {
        if (keyword === "if") continue; // says only that one of the other errors came from a branch
        ctx.report({ message: `${name}${instancePath} ${message}. See spec/extensions/${name}.yaml.`, location });
      }
    });
  },
};

function readShapes(): Map<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
  return new Map(
    files.map((name) => [basename(name, ".yaml"), ajv.compile(parse(readFileSync(join(FOLDER, name), "utf8")))]),
  );
}
