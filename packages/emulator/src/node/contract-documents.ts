import { readFileSync } from "node:fs";
import type { EmulatorOptions } from "../options.ts";

/** The contract as OpenAPI: of the service, of IAM and of the image service. Read from the package when it is asked for. */
export const contractDocuments: NonNullable<EmulatorOptions["documents"]> = Object.fromEntries(
  ["openapi.json", "iam.json", "ims.json"].map((name) => [name, () => read(name)]),
);

function read(name: string): object {
  return JSON.parse(readFileSync(new URL(`../../src/generated/${name}`, import.meta.url), "utf8"));
}
