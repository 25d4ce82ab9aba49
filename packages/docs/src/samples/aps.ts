import { commands, quote, spell } from "@workspace-aps/cli/command-line";
import { type Call, requestOf, type SampledOperation } from "./call.ts";

/** A call as a command of `aps`, one flag to a line when it is long. */
export function apsSample(operation: SampledOperation, call: Call): string {
  return `${commandOf(operation, call)}\n`;
}

/** A call as a curl command that `aps` signs, so that no secret is in the text or in the list of processes. */
export function signedCurlSample(operation: SampledOperation, call: Call): string {
  return `${commandOf(operation, call)} --curl | sh\n`;
}

/** Whether `aps` has a command for an operation. */
export function hasCommand({ id }: SampledOperation): boolean {
  return commands.some(({ operationId }) => operationId === id);
}

function commandOf(operation: SampledOperation, call: Call): string {
  const command = commands.find(({ operationId }) => operationId === operation.id);
  if (command === undefined) throw new Error(`aps has no command for ${operation.id}.`);
  const words = ["aps", ...spell(command, requestOf(call))].map(quote);
  const line = words.join(" ");
  if (line.length <= 80) return line;
  return words.reduce((text, word) => `${text}${word.startsWith("--") ? " \\\n  " : " "}${word}`);
}
