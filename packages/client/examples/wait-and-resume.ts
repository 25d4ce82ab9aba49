import { createClient, createImage, fromEnvironment, waitForImageJob } from "@workspace-aps/client";

const client = createClient({ region: "ap-southeast-1", credentials: fromEnvironment() });

const { resumeToken } = await createImage(client, {
  serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75",
  name: "office-2026-11",
});

// Keep this text in a queue or a database. It holds no secret, and any process can go on from it.
const image = await waitForImageJob(client, resumeToken, {
  intervalMs: 30_000,
  timeoutMs: 3_600_000,
  onProgress: ({ status, elapsedMs }) => console.log(status, `${Math.round(elapsedMs / 1000)} s`),
});
console.log(image.imageId);
