import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** A program that makes an image and waits for it, as in the README, with an access key. */
export const makesAnImage = `
  import { accessKey, createClient, createImage, waitForImageJob } from "@workspace-aps/client";
  const client = createClient({ region, credentials: accessKey({ accessKeyId, secretAccessKey }) });
  const job = await createImage(client, { serverId, name });
  console.log((await waitForImageJob(client, job.jobId)).imageId);
`;

/** KiB of a program bundled and minified for browsers, after gzip. */
export async function bundledKiB(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length / 1024;
}
