import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test", "examples"],
  alsoLong: [
    "test/rollout/unkind.test.ts",
    "test/chaos/kind.test.ts",
    "test/chaos/unkind.test.ts",
    "test/agreement.test.ts",
    "test/secrets.test.ts",
  ],
  setupFiles: ["test/conformance.ts"],
  isolate: false,
});
