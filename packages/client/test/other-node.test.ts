import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { useEmulator } from "@workspace-aps/emulator/vitest";
import { expect, it } from "vitest";
import { world } from "./world.ts";

const service = useEmulator({ jobs: "instant" });

/** The machine's own Node, beside the one that this project pins. */
const other = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .map((folder) => join(folder, "node"))
  .find((program) => existsSync(program));

it.runIf(other !== undefined)(
  "makes an image, and waits a hundredfold on one signal, on the Node of this machine, without a warning",
  async () => {
    const program = `
    import { createClient, createImage, waitForImageJob, accessKey } from "@workspace-aps/client";
    import { signRequest } from "@workspace-aps/client/sign";
    import { defaultCredentials } from "@workspace-aps/client/node";
    const client = createClient({
      endpoint: ${JSON.stringify(service.url)},
      projectId: ${JSON.stringify(world.projectId)},
      credentials: accessKey(${JSON.stringify(world.key)}),
    });
    const { jobId } = await createImage(client, { serverId: ${JSON.stringify(world.serverId)}, name: "image" });
    const { imageId } = await waitForImageJob(client, jobId, { firstLookMs: 0 });
    const { signal } = new AbortController();
    const wait = () => waitForImageJob(client, jobId, { firstLookMs: 0, signal });
    await Promise.all(Array.from({ length: 100 }, wait));
    console.log(process.version, imageId, typeof signRequest, typeof defaultCredentials);
  `;
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = await promisify(execFile)(String(other), args, { cwd: import.meta.dirname });
    // Node 20 warns of every signal with more than ten listeners.
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^v\d+\.\d+\.\d+ [0-9a-f-]{36} function function\n$/);
  },
);

it("importing the part for Node loads nothing that only a connection needs", async () => {
  const program = `
    import "@workspace-aps/client/node";
    const needed = ["NativeModule tls", "NativeModule http", "NativeModule zlib", "NativeModule crypto", "Internal Binding http_parser"];
    console.log(JSON.stringify(needed.filter((name) => process.moduleLoadList.includes(name))));
  `;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  expect(JSON.parse(stdout)).toEqual([]);
});
