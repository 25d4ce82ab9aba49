import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test"],
  // Again and again, with 200 servers, and at many moments of a pipeline.
  alsoLong: ["test/fleet-kill.test.ts", "test/pipeline-kill.test.ts"],
  // Tests hand the program its whole world, so their files can share what they load.
  isolate: false,
});
