import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

const FOLDER = join(import.meta.dirname, "../extensions");

/** Every `x-aps-` extension is one of the documented ones, and has the documented shape. */
export const knownExtensions: HouseRule = {
  id: "known-extensions",
  reason: "An extension that is misspelt or has another shape is ignored by everything that is derived from it.",
  create: () => {
    const shapes = readShapes();
    return {
      SpecExtension(value: Node, ctx: RuleContext) {
        const name = String(ctx.key);
        if (!name.startsWith("x-aps-")) return;
        const validate = shapes.get(name);
        if (!validate) {
          ctx.report({
            message: `There is no extension ${name}. Correct the name, or describe it in spec/extensions.`,
          });
          return;
        }
        if (validate(value)) return;
        for (const { instancePath, message } of validate.errors ?? []) {
          ctx.report({ message: `${name}${instancePath} ${message}. See spec/extensions/${name}.yaml.` });
        }
      },
    };
  },
};

function readShapes(): Map<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
  return new Map(
    files.map((name) => [basename(name, ".yaml"), ajv.compile(parse(readFileSync(join(FOLDER, name), "utf8")))]),
  );
}
