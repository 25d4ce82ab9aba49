import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { projectId, startTarget, type Target } from "./aps.ts";

/** Looks often, because jobs move on at every look. */
export const pace = ["--interval", "20ms"];

/** Servers `server-0` and so on, and a folder for lists and journals. */
export interface Fleet extends Target {
  readonly folder: string;
  /** Names of the images that were made, sorted. */
  names(): string[];
  /** Writes a file, and resolves to its path. */
  file(name: string, text: string | Uint8Array): Promise<string>;
  /** Writes a list with the images `office-0` and so on. */
  list(size: number): Promise<string>;
  /** How many lines a journal has. */
  noted(journal: string): Promise<number>;
}

export async function startFleet(size: number, seed = 7, speed = 1): Promise<Fleet> {
  const servers = Array.from({ length: size }, (_, index) => ({
    id: `server-${index}`,
    projectId,
    name: `server-${index}`,
  }));
  const target = await startTarget({ world: { ...defaultWorld, servers }, seed, speed });
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-"));
  const file = async (name: string, text: string | Uint8Array) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  return {
    ...target,
    folder,
    file,
    names: () =>
      [...target.emulator.state.projects.values()]
        .flatMap(({ images }) => [...images.values()].map(({ name }) => name))
        .sort(),
    list: (count) =>
      file(
        "servers.csv",
        ["server_id,name", ...Array.from({ length: count }, (_, index) => `server-${index},office-${index}`)].join(
          "\n",
        ),
      ),
    noted: async (journal) => (await readFile(journal, "utf8").catch(() => "")).split("\n").length - 1,
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
