import { createClient, createImage, fromEnvironment } from "@workspace-aps/client";
import { nodeFetch } from "@workspace-aps/client/node";

const client = createClient({
  region: "ap-southeast-1",
  credentials: fromEnvironment(),
  fetch: nodeFetch({ ca: "/etc/ssl/company.pem" }),
});

await createImage(client, { serverId: "25b1dd14-0c84-4558-aa57-03a6c54b8e75", name: "office-2026-11" });
