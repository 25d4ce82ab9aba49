import { type ClientEvent, createClient, fromEnvironment } from "@workspace-aps/client";
import { listImageServers } from "@workspace-aps/client/operations";

/** One line for a log. Events hold ids and durations, and never a secret. */
function line(event: ClientEvent): string {
  if (event.type === "response") return `${event.operationId}: ${event.status} after ${event.durationMs} ms`;
  if (event.type === "retry") return `${event.operationId}: ${event.reason}, again in ${Math.round(event.delayMs)} ms`;
  return event.type;
}

const client = createClient({
  operations: { listImageServers },
  region: "ap-southeast-1",
  credentials: fromEnvironment(),
  onEvent: (event) => console.log(line(event)),
});

await client.listImageServers();
