import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentVariables } from "@workspace-aps/client";
import { defaultWorld } from "@workspace-aps/emulator";
import { variableOf } from "../arguments/option.ts";
import { speedVariable } from "../connection/pace.ts";
import { quote } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { paintFor } from "../terminal/streams.ts";

/** `aps emulator`: runs the emulator's own program, and says how to reach it. */
export async function emulator({ given, host, interruption }: Context): Promise<number> {
  const program = join(dirname(fileURLToPath(import.meta.resolve("@workspace-aps/emulator"))), "bin.js");
  const child = spawn(process.execPath, [program, ...given.positionals], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...host.environment, APS_EMULATOR_COMMAND: "aps emulator" },
  });
  let first = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    host.out.write(text);
    if (first.includes("\n")) return;
    first += text;
    // Help names addresses too, and an emulator that only prints it cannot be reached.
    const url = / listening on (http:\/\/\S+)\n/.exec(first)?.[1];
    if (url !== undefined)
      host.err.write(`${paintFor(host.err, host.environment).dim(settings(url, speedIn(given.positionals)))}\n`);
  });
  // Whatever ends this program, no emulator is left behind: the reader of a pipe may leave, as `head` does.
  host.atExit(() => child.kill("SIGTERM"));
  interruption.signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [code] = await once(child, "close");
  if (interruption.signal.aborted) return exitCode.interrupted;
  return code ?? exitCode.refused;
}

/** The speed that the emulator was asked for, which the waits of this program are to keep up with. */
function speedIn(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === "--speed" || arg.startsWith("--speed="));
  return args[at]?.split("=")[1] ?? (at === -1 ? undefined : args[at + 1]);
}

/** What to type into another shell to use it. The keys open nothing but an emulator. */
function settings(url: string, speed: string | undefined): string {
  const [key] = defaultWorld.users[0]?.accessKeys ?? [];
  const [project] = defaultWorld.projects;
  const variables = {
    [variableOf("endpoint")]: url,
    [variableOf("region")]: project?.name ?? "",
    [variableOf("project-id")]: project?.id ?? "",
    [environmentVariables.accessKeyId]: key?.id ?? "",
    [environmentVariables.secretAccessKey]: key?.secret ?? "",
    ...(speed !== undefined && Number(speed) > 1 ? { [speedVariable]: speed } : {}),
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);
  return ["In another shell:", ...lines, `aps image create ${defaultWorld.servers[0]?.id} --name office --wait`].join(
    "\n",
  );
}
