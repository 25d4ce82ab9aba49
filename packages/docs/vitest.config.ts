import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["test"],
  alsoLong: [
    "test/reading.test.ts",
    "test/samples.test.ts",
    "test/console.test.ts",
    "test/rollout-console.test.ts",
    "test/markdown.test.ts",
    "test/site.test.ts",
  ],
  isolate: false,
  globalSetup: "./test/site-server.ts",
});
