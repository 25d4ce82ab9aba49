import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["test"],
  alsoLong: ["test/reading.test.ts"],
  globalSetup: "./test/site-server.ts",
});
