import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test"],
  globalSetup: "./test/database-server.ts",
  // Every file has an emulator and a database of its own, so files can share what they load.
  isolate: false,
});
