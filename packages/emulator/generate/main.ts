// Derives from the bundled contract all that the emulator must not type a second time. Runs before every build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import iam from "@workspace-aps/spec/iam.json" with { type: "json" };
import ims from "@workspace-aps/spec/ims.json" with { type: "json" };
import aps from "@workspace-aps/spec/openapi.json" with { type: "json" };
import type { Contract } from "./contract.ts";
import { routesOf } from "./routes.ts";
import { validatorsOf } from "./validators.ts";

const folder = join(import.meta.dirname, "..", "src", "generated");
const documents = { aps: aps as unknown as Contract, iam: iam as unknown as Contract, ims: ims as unknown as Contract };

await mkdir(folder, { recursive: true });
const routes = (["aps", "iam", "ims"] as const).flatMap((service) => routesOf(documents[service], service));
const job = aps["x-aps-job"].image;
const [states] = aps.components.schemas.ImageServerStatus.anyOf;
const errors = aps["x-aps-error-codes"]
  .filter(({ status }) => typeof status === "number")
  .map(({ status, code }) => [status, code]);
await write(
  "contract.ts",
  [
    "// Made from the contract. Changes here are lost.",
    'import type { Route } from "../http/route.ts";',
    `export const routes: readonly Route[] = ${JSON.stringify(routes, null, 2)};`,
    `export const job = ${JSON.stringify(job, null, 2)} as const;`,
    "/** How jobs on application servers behave; `job` says it of those on image servers. */",
    `export const serverJob = ${JSON.stringify(aps["x-aps-job"].server, null, 2)} as const;`,
    "/** The states of image servers that are documented. */",
    `export const serverStates: readonly string[] = ${JSON.stringify(states?.enum)};`,
    "/** The statuses and codes of errors that are documented. */",
    `export const documentedErrors = ${JSON.stringify(errors)} as const;`,
    "export type DocumentedError = (typeof documentedErrors)[number];",
    "",
  ].join("\n"),
);
await write("validators.ts", await validatorsOf(documents));
// Read by the program when somebody asks for them, and by nothing else.
await write("openapi.json", JSON.stringify(aps));
await write("iam.json", JSON.stringify(iam));
await write("ims.json", JSON.stringify(ims));

/** Leaves a file alone when nothing in it changed, so that later steps see no change either. */
async function write(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(path, text);
}
