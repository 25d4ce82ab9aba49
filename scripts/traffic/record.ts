// `npm run spec:record -- --har traffic.har`: records calls of the service, to be held against the contract.
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { regionHosts } from "@workspace-aps/client";
import { startRecorder } from "./recorder.ts";

const { values } = parseArgs({
  options: {
    region: { type: "string" },
    endpoint: { type: "string" },
    har: { type: "string", default: "traffic.har" },
  },
});
const target = values.endpoint ?? regionHosts[values.region ?? ""];
const { HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_SECURITY_TOKEN, INIT_CWD = "." } = process.env;
if (target === undefined) {
  fail(`Usage: npm run spec:record -- --region <region> [--har traffic.har]
Give one of the regions ${Object.keys(regionHosts).join(", ")}; or --endpoint with a base URL.`);
}
if (!HUAWEICLOUD_SDK_AK || !HUAWEICLOUD_SDK_SK) {
  fail("Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK. The recorder signs with them, and writes neither.");
}

const har = resolve(INIT_CWD, values.har);
const recorder = await startRecorder({
  target,
  har,
  key: {
    accessKeyId: HUAWEICLOUD_SDK_AK,
    secretAccessKey: HUAWEICLOUD_SDK_SK,
    ...(HUAWEICLOUD_SDK_SECURITY_TOKEN ? { securityToken: HUAWEICLOUD_SDK_SECURITY_TOKEN } : {}),
  },
});
console.log(`Recording calls of ${target}.

Run a program against the recorder, for example

  APS_ENDPOINT=${recorder.url} APS_PROJECT_ID=<your project> aps server list

The recorder signs every request itself, so the program may have any key. Press Ctrl-C to write ${values.har}.`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
await recorder.stop();
console.log(
  `\nWritten. It holds no secret, but names and ids of your account. Now: npm run spec:drift -- ${values.har}`,
);

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
