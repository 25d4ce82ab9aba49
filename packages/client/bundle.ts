// Writes each entry point as one file, with what they share beside them. A process then opens a few files instead of
// some fifty, which is most of what importing a package costs.
import { build } from "esbuild";

await build({
  entryPoints: ["src/index.ts", "src/sign/index.ts", "src/node/index.ts"],
  outdir: "dist",
  outbase: "src",
  bundle: true,
  splitting: true,
  chunkNames: "shared/[hash]",
  packages: "external",
  format: "esm",
  platform: "neutral",
  external: ["node:*"],
  target: "es2022",
  sourcemap: true,
});
