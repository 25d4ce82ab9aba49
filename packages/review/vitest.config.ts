import { testsOf } from "../../scripts/suite/tests.ts";

export default testsOf({ folders: ["src"], isolate: false });
