import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("the demo makes the vendor's example image and prints its id, and that of the job", async () => {
  const demo = join(import.meta.dirname, "demo.ts");
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo]);
  expect(stderr).toContain("--name image_name_0508");
  expect(stdout).toMatch(/^Job id {4}\d{18}$/m);
  expect(stdout).toMatch(/Image id {2}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
  expect(stdout).toContain("--region ap-southeast-1");
});
