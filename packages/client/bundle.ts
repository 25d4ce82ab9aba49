// Writes each entry point as one file, beside it what is loaded later. Most of what importing a package costs a process is for the number of its files.
import { rolldown } from "rolldown";

const dependency = /^(node:|undici\/|openapi-fetch$|@opentelemetry\/api$)/;

const main = await write("index");
/** What callers tell errors by must be the same class everywhere, so the further entry points take it from the main one. */
const fromMain = /[\\/](errors[\\/][\w-]+-error|credentials[\\/]environment)\.ts$/;
for (const name of ["generated/operations", "generated/ims-operations", "sign/index", "node/index", "otel/index"]) {
  const code = await write(name, [fromMain]);
  const inMain = classesOf(main);
  const twice = classesOf(code).filter((found) => inMain.includes(found));
  if (twice.length > 0) throw new Error(`dist/${name}.js and dist/index.js both have a class ${twice.join(", ")}.`);
}

async function write(name: string, external: readonly RegExp[] = []): Promise<string> {
  const bundle = await rolldown({
    input: { [name]: `src/${name}.ts` },
    external: [dependency, ...external],
    platform: "neutral",
    transform: { target: "es2022" },
  });
  const { output } = await bundle.write({
    dir: "dist",
    cleanDir: name === "index",
    // Parts that are loaded later stand beside the entry that loads them.
    chunkFileNames: `${name.replace(/[^/]*$/, "")}[name].js`,
    sourcemap: true,
    // What is imported stays in memory: one byte per character, and what readers need stands in the declarations and in src/.
    charset: "ascii",
    comments: { annotation: true, jsdoc: false, legal: true },
    paths: (id) => (dependency.test(id) ? id : "./index.js"),
  });
  return output.map((file) => ("code" in file ? file.code : "")).join("\n");
}

function classesOf(code: string): string[] {
  return [...code.matchAll(/^(?:var (\w+) = )?class (\w*)/gm)].map(
    ([, variable, name]) => variable ?? (name as string),
  );
}
