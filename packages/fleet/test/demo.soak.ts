import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { skipWithoutDatabase } from "./postgres.ts";

skipWithoutDatabase();

it("the demo kills a worker, and the service says after less than a minute that every image was made once", async () => {
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const env = { PATH: process.env.PATH };
  const { stdout } = await promisify(execFile)(process.execPath, [program, "demo"], { env });
  expect(stdout).toContain("The service has made 20 images of 20: 0 twice, 0 not at all.");
  const [seconds] = stdout.match(/^\d+(?= s: .*20 made$)/m) ?? [];
  expect(Number(seconds)).toBeLessThan(60);
});
