// `npm run spec:drift -- traffic.har`: holds recorded traffic against the contract.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { decodeText } from "@workspace-aps/client/node";
import { programs, quietly } from "../programs.ts";
import { withoutSecrets } from "./har.ts";
import { knownNames } from "./known-names.ts";
import { undocumentedStatuses } from "./statuses.ts";

const root = join(import.meta.dirname, "..", "..");
const contract = join(root, "spec", "dist", "openapi.json");

const { positionals } = parseArgs({ allowPositionals: true });
const [given] = positionals;
if (given === undefined || positionals.length > 1) fail("Usage: npm run spec:drift -- <file.har>");
// npm runs scripts in the root of the repository; a path is meant from where the command was typed.
const { INIT_CWD = "." } = process.env;
const file = resolve(INIT_CWD, given);
if (!existsSync(file)) fail(`There is no file ${given}.`);
if (!existsSync(contract)) fail("The contract is not built. Run npm run build first.");

const openapi = JSON.parse(readFileSync(contract, "utf8"));
const { har, entries, removed } = read();
if (removed.length > 0) {
  console.error(
    `${given} holds what is or may be secret: ${removed.join(", ")}. It is left out here; delete the file, and record with npm run spec:record, which writes none.`,
  );
}
const folder = mkdtempSync(join(tmpdir(), "aps-drift-"));
try {
  const clean = join(folder, "traffic.har");
  writeFileSync(clean, har);
  const options = [
    ...["--api", contract, "--traffic-format", "har"],
    // The host is a region's, a proxy's or an emulator's.
    ...["--match-mode", "basepath"],
    // The rules on security look for the credentials that a recording does not hold.
    ...["--rules", "undocumented-endpoint,schema-consistency", "--min-severity", "warning", "--coverage"],
  ];
  const { status } = spawnSync(process.execPath, [programs.redocly, "drift", clean, ...options], {
    stdio: "inherit",
    env: { ...process.env, ...quietly },
  });
  const statuses = undocumentedStatuses(openapi, entries);
  for (const line of statuses) console.error(line);
  process.exitCode = statuses.length > 0 ? 1 : (status ?? 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function read(): ReturnType<typeof withoutSecrets> {
  try {
    return withoutSecrets(decodeText(readFileSync(file)), knownNames(openapi));
  } catch (error) {
    fail(`${given}: ${(error as Error).message}`);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
