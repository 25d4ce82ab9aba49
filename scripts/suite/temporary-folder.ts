import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What systems take the folder for temporary files from. */
const variables = ["TMPDIR", "TEMP", "TMP"];

/** Gives a run of tests a folder of its own for temporary files, and takes it away at the end with all that was left in it. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "aps-tests-"));
  // As the folder that it stands in: a database that root starts runs as another user.
  chmodSync(folder, 0o1777);
  for (const name of variables) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
