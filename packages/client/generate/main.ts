// Derives from the bundled contract all that the client must not type a second time. Runs before every build.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import iam from "@workspace-aps/spec/iam.json" with { type: "json" };
import ims from "@workspace-aps/spec/ims.json" with { type: "json" };
import aps from "@workspace-aps/spec/openapi.json" with { type: "json" };
import type { Contract } from "./contract.ts";
import { methodsInterface } from "./methods.ts";
import { operationConstants } from "./operations.ts";
import { contractTable, regionsOf, serversOf } from "./table.ts";
import { typesOf } from "./types.ts";

const folder = join(import.meta.dirname, "..", "src", "generated");
const contract = aps as unknown as Contract;
const imageService = ims as unknown as Contract;

await mkdir(folder, { recursive: true });
await write("aps.ts", await typesOf(contract));
await write("iam.ts", await typesOf(iam as unknown as Contract));
await write("contract.ts", contractTable(contract, iam as unknown as Contract));
await write("methods.ts", methodsInterface({ contract, types: "aps", name: "Methods" }));
const families = Object.values(contract["x-aps-job"]);
const startedBy = families.flatMap(({ kinds }) => Object.values(kinds).map((kind) => kind.startedBy));
await write("operations.ts", operationConstants(contract, startedBy));
// In files of their own, so that a program without the image service does not carry them.
const servers = serversOf(imageService, (region) => regionsOf(contract).includes(region));
await write("ims.ts", await typesOf(imageService));
await write("ims-methods.ts", methodsInterface({ contract: imageService, types: "ims", name: "ImageServiceMethods" }));
await write("ims-operations.ts", operationConstants(imageService, [], { name: "ims", servers }));

/** Leaves a file alone when nothing in it changed, so that later steps see no change either. */
async function write(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(path, text);
}
