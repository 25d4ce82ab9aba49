import { type FleetImage, ValidationError } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { CommandInfo } from "../program/catalogue.ts";

/** What the client finds wrong with a list, in the words of the list: which image, and which column. */
export function asUsage(error: unknown, images: readonly FleetImage[], info: CommandInfo): unknown {
  if (error instanceof TypeError) return new UsageError(`--from: ${error.message.replace("createImages: ", "")}`);
  if (!(error instanceof ValidationError)) return error;
  const lines = error.issues.flatMap(({ pointer, message, rule }) => {
    const [, index = "0", place = "", ...rest] = pointer.split("/");
    const serverId = images[Number(index)]?.serverId ?? "";
    const about = info.flags.find(({ name }) => name === rest.join("-").replaceAll("_", "-"))?.about;
    const who = serverId === "" ? "" : ` (server ${serverId})`;
    const what = message.slice(pointer.length).replace("must be a boolean", "must be true or false");
    return [
      `image ${Number(index) + 1}${who}: ${place === "path" ? "server_id" : rest.join(".")}${what}`,
      // A pattern alone helps few people; the contract says the same in words.
      ...(rule === "pattern" && about !== undefined ? [`  ${about}`] : []),
    ];
  });
  const count = error.issues.length === 1 ? "1 value breaks" : `${error.issues.length} values break`;
  return new UsageError([`--from: ${count} a rule. Nothing was sent.`, ...lines].join("\n"));
}
