import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { environmentFor, projectId, type Running, type RunningProcess, start, startProcess } from "./aps.ts";

export const groupId = "bc05da52-89df-45ba-8146-13fe3ce7c45a";
export const oldImage = defaultWorld.serverGroups?.[0]?.imageId;
/** No faster: a signature holds for a quarter of an hour, which is some two seconds then. */
const speed = 400;

/** What every file begins with. */
export const image = `image:
  server: 25b1dd14-0c84-4558-aa57-03a6c54b8e75
  name: golden-{date}
`;
export const rollout = `rollout:
  groups: [${groupId}]
  max-unavailable: 40%
`;

/** The default world without users, on a clock that runs fast for service and program alike, and a folder for files. */
export async function office() {
  const folder = await mkdtemp(join(tmpdir(), "aps-pipeline-"));
  const emulator = createEmulator({ world: { ...defaultWorld, sessions: [] }, speed });
  const answered = new Set<string>();
  const server = await serve(emulator, {
    port: 0,
    onRequest: ({ operationId, status }) => {
      if (operationId !== undefined && status < 400) answered.add(operationId);
    },
  });
  const environment = { ...environmentFor(server.url), APS_SPEED: String(speed) };
  const project = () => {
    const found = emulator.state.projects.get(projectId);
    if (found === undefined) throw new Error("The project is gone.");
    return found;
  };
  const line = (args: readonly string[]) => ["pipeline", "run", join(folder, "golden.yaml"), ...args];
  return {
    emulator,
    folder,
    project,
    /** The operations that were called and not refused. */
    answered: () => [...answered],
    /** Writes the file of the pipeline. */
    write: (...parts: readonly string[]) => writeFile(join(folder, "golden.yaml"), parts.join("")),
    read: (file: string) => readFile(join(folder, file), "utf8"),
    begin: (...args: readonly string[]): Running => start(line(args), environment, { cwd: folder }),
    aps: (...args: readonly string[]) => start(line(args), environment, { cwd: folder }).ended,
    other: (...args: readonly string[]) => start(args, environment, { cwd: folder }).ended,
    process: (...args: readonly string[]): RunningProcess => startProcess(line(args), environment),
    /** The images of the servers of the group. */
    images: () => [...project().streaming.servers.values()].map((one) => one.image_id),
    jobs: (type: string) => [...project().jobs.values()].filter((job) => job.type === type),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
