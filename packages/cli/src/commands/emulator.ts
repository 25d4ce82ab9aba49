import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentVariables } from "@workspace-aps/client";
import type { Access } from "@workspace-aps/emulator/node";
import { variableOf } from "../arguments/option.ts";
import { speedVariable } from "../connection/speed.ts";
import { quote } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { type Environment, paintFor } from "../terminal/streams.ts";

/** `aps emulator`: runs the emulator's own program, and says how to reach it. */
export async function emulator({ given, host, interruption }: Context): Promise<number> {
  const program = join(dirname(fileURLToPath(import.meta.resolve("@workspace-aps/emulator"))), "bin.js");
  const child = spawn(process.execPath, [program, ...given.positionals], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: { ...withoutKeys(host.environment), APS_EMULATOR_COMMAND: "aps emulator" },
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => host.out.write(text));
  // It tells once it listens; one that only prints its help cannot be reached.
  child.once("message", (access: Access) => {
    const text = settings(access, speedIn(given.positionals));
    host.err.write(`${paintFor(host.err, host.environment).dim(text)}\n`);
  });
  // Whatever ends this program, no emulator is left behind: the reader of a pipe may leave, as `head` does.
  host.atExit(() => child.kill("SIGTERM"));
  interruption.signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [code] = await once(child, "close");
  return code ?? exitCode.refused;
}

/** The emulator has keys of its own, and needs none of a cloud. */
function withoutKeys(environment: Environment): Environment {
  const keys: readonly string[] = Object.values(environmentVariables);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !keys.includes(name)));
}

/** How fast the waits of this program are to be where jobs end at once, or with every look. */
const speedOfLooks = "100";

/** The speed that the emulator was asked for, which the waits of this program are to keep up with. */
function speedIn(args: readonly string[]): string | undefined {
  const jobs = valueIn(args, "--jobs");
  return jobs === "instant" || jobs === "poll" ? speedOfLooks : valueIn(args, "--speed");
}

function valueIn(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return args[at]?.split("=")[1] ?? (at === -1 ? undefined : args[at + 1]);
}

/** What to type into another shell to use it. The keys open nothing but an emulator. */
function settings(access: Access, speed: string | undefined): string {
  const variables = {
    [variableOf("endpoint")]: access.url,
    [variableOf("region")]: access.region,
    [variableOf("project-id")]: access.projectId,
    [environmentVariables.accessKeyId]: access.accessKeyId,
    [environmentVariables.secretAccessKey]: access.secretAccessKey,
    [environmentVariables.securityToken]: access.securityToken,
    ...(speed !== undefined && Number(speed) > 1 ? { [speedVariable]: speed } : {}),
  };
  const lines = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [`export ${name}=${quote(value)}`],
  );
  const first =
    access.serverId === undefined ? [] : [`aps image create ${quote(access.serverId)} --name office --wait`];
  return ["In another shell:", ...lines, ...first].join("\n");
}
