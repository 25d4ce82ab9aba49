// Writes what the entry points share as one file, with the entry points beside it. A process then opens two files instead
// of some fifty, which is most of what importing a package costs. What only Node can run stays with its entry point.
import { rolldown } from "rolldown";

const bundle = await rolldown({
  input: { index: "src/index.ts", "sign/index": "src/sign/index.ts", "node/index": "src/node/index.ts" },
  external: /^node:/,
  platform: "neutral",
  transform: { target: "es2022" },
});
await bundle.write({
  dir: "dist",
  cleanDir: true,
  sourcemap: true,
  minifyInternalExports: false,
  chunkFileNames: "[name].js",
  codeSplitting: { groups: [{ name: "shared", test: /src[\\/](?!node[\\/])/ }] },
});
