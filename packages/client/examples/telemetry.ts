import { createClient, createImage, fromEnvironment } from "@workspace-aps/client";
import { openTelemetry } from "@workspace-aps/client/otel";

const client = createClient({
  region: "ap-southeast-1",
  credentials: fromEnvironment(),
  onEvent: openTelemetry(),
});

const job = await createImage(client, { serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "office-2026-11" });
console.log(`Job ${job.jobId} is making the image.`);
