import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test", "examples"],
  alsoLong: ["test/fuzz.test.ts", "test/fuzz-wire.test.ts"],
  setupFiles: ["test/conformance.ts"],
  isolate: false,
  silent: "passed-only",
});
