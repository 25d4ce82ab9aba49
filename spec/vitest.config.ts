import { testsOf } from "../scripts/suite/tests.ts";

export default testsOf({ folders: ["rules", "test"], isolate: false });
