import { createClient, createImages, fromEnvironment } from "@workspace-aps/client";

const client = createClient({ region: "ap-southeast-1", credentials: fromEnvironment() });

const { outcomes, allMade } = await createImages(
  client,
  [{ serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "office-2026-11" }],
  { concurrency: 10, onProgress: ({ image, step, status }) => console.log(image.name, step, status ?? "") },
);
for (const { name, result } of outcomes) console.log(name, result);
if (!allMade) process.exitCode = 1;
