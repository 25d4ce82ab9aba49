import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test", "examples"],
  alsoLong: ["test/rollout/unkind.test.ts", "test/chaos.test.ts", "test/agreement.test.ts", "test/secrets.test.ts"],
  setupFiles: ["test/conformance.ts"],
});
