import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Contract } from "./review.ts";

const run = promisify(execFile);
const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/** The contract of one moment, bundled, with the folder that it was read from. */
export interface ContractTree extends Contract {
  /** The repository's folder: the working tree, or a copy of an earlier one. */
  readonly root: string;
}

/**
 * Writes the contract of an earlier state of the repository to a folder of its own.
 *
 * @param ref anything that git understands: a branch, a tag, a commit.
 * @throws Error when the reference is unknown, or has no contract.
 */
export async function contractAt(repository: string, ref: string): Promise<ContractTree & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), "aps-base-"));
  const archive = join(root, "base.tar");
  const files = ["spec", "packages/client/src/index.ts"];
  await run("git", ["archive", "--output", archive, ref, ...files], { cwd: repository }).catch((cause) => {
    throw new Error(`--base ${ref}: git cannot read the contract of it. Is it a branch, a tag or a commit?`, { cause });
  });
  await run("tar", ["-xf", archive, "-C", root]);
  return { ...(await bundled(root)), [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

/** The contract as it is in the working tree. */
export async function contractHere(repository: string): Promise<ContractTree & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "aps-here-"));
  const tree = await bundled(repository, folder);
  return { ...tree, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function bundled(root: string, output: string = root): Promise<ContractTree> {
  const description = join(root, "spec", "openapi.yaml");
  const bundle = join(output, "openapi.json");
  // In a folder without a configuration no rule and no plugin of that time is needed.
  await run("redocly", ["bundle", description, "--output", bundle], { cwd: tmpdir(), env: environment });
  return { root, description, bundle };
}
