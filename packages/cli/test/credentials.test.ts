import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectId, secret, serverId, start, startTarget } from "./aps.ts";

const profile = `[basic]
ak = APSEMULATORACCESSKEY
sk = ${secret}
[wrong]
ak = APSEMULATORACCESSKEY
sk = not-the-secret
`;

test("keys come from the profile file, --profile chooses its section, and no secret is shown", async () => {
  await using target = await startTarget();
  const folder = await mkdtemp(join(tmpdir(), "aps-profile-"));
  const HUAWEICLOUD_SDK_CREDENTIALS_FILE = join(folder, "credentials");
  await writeFile(HUAWEICLOUD_SDK_CREDENTIALS_FILE, profile, { mode: 0o600 });
  const { HUAWEICLOUD_SDK_AK: _, HUAWEICLOUD_SDK_SK: __, ...others } = target.environment;
  const environment = { ...others, HUAWEICLOUD_SDK_CREDENTIALS_FILE };
  const list = (...args: string[]) => start(["server", "list", ...args], environment).ended;
  expect((await list()).code).toBe(0);
  expect((await list("--profile", "basic")).code).toBe(0);
  const wrong = await list("--profile", "wrong");
  expect([wrong.code, wrong.err]).toEqual([6, expect.stringContaining("401")]);
  const missing = await list("--profile", "nope");
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("has no section [nope]")]);
  expect(missing.err).toContain("Write ak and sk into section [nope] of the profile file");
  const curl = await start(["image", "create", serverId, "--name", "a", "--curl"], environment).ended;
  expect([curl.code, curl.out]).toEqual([0, expect.stringContaining("Access=APSEMULATORACCESSKEY")]);
  for (const { out, err } of [wrong, missing, curl])
    expect(out + err).not.toMatch(new RegExp(`${secret}|not-the-secret`));
  await rm(folder, { recursive: true });
});

test("the profile wins over the environment when it is named", async () => {
  await using target = await startTarget();
  const run = await start(["server", "list", "--profile", "basic"], target.environment).ended;
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("does not exist")]);
});

test("without keys, curl takes a token from a variable", async () => {
  const environment = { APS_REGION: "ap-southeast-1", APS_PROJECT_ID: projectId };
  const run = await start(["server", "list", "--curl"], environment).ended;
  expect([run.code, run.out]).toEqual([0, expect.stringMatching(/^printf '%s\\n' "x-auth-token: \$TOKEN" \| /)]);
});
