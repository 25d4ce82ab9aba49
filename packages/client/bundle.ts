// Writes each entry point as one file. Most of what importing a package costs a process is for the number of its files.
import { rolldown } from "rolldown";

await write("index");
/** What callers tell errors by must be the same class everywhere, so the further entry points take it from the main one. */
const fromMain = /[\\/](errors[\\/][\w-]+-error|credentials[\\/]environment)\.ts$/;
for (const name of ["sign/index", "node/index"]) {
  const code = await write(name, [fromMain]);
  const twice = /^var \w+ = class|^class \w+/m.exec(code);
  if (twice !== null)
    throw new Error(`dist/${name}.js has a class of its own, which dist/index.js has too: ${twice[0]}`);
}

async function write(name: string, external: readonly RegExp[] = []): Promise<string> {
  const bundle = await rolldown({
    input: { [name]: `src/${name}.ts` },
    external: [/^node:/, ...external],
    platform: "neutral",
    transform: { target: "es2022" },
  });
  const { output } = await bundle.write({
    dir: "dist",
    cleanDir: name === "index",
    sourcemap: true,
    paths: (id) => (id.startsWith("node:") ? id : "./index.js"),
  });
  return output[0].code;
}
