import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({
  folders: ["src", "test"],
  // Again and again, with 200 servers.
  alsoLong: ["test/fleet-kill.test.ts"],
  // Tests hand the program its whole world, so their files can share what they load.
  isolate: false,
});
