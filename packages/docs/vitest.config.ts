import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["test"],
  alsoLong: ["reading", "samples", "console", "markdown", "site"].map((name) => `test/${name}.test.ts`),
  globalSetup: "./test/site-server.ts",
});
