import { existsSync } from "node:fs";
import { isLoopback } from "@workspace-aps/client";
import { credentialsPath, isReadByOthers, sectionOf } from "../connection/credentials.ts";
import { speedVariable } from "../connection/speed.ts";
import { leastNode, version } from "../generated/version.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { configPath } from "../settings/config-file.ts";
import type { Finding } from "./finding.ts";

/** Looks at what is on this machine: versions, files, settings and where they come from. */
export async function checkSurroundings(context: Context): Promise<readonly Finding[]> {
  const { settings, host } = context;
  const { environment } = host;
  return [
    node(),
    await files(environment),
    ...setting("region", context),
    ...setting("project-id", context),
    ...setting("endpoint", context),
    ...setting("ca-file", context),
    ...profile(settings.profile?.value, context),
    ...proxy(context),
    ...speed(environment[speedVariable], settings.text("endpoint")),
  ];
}

function node(): Finding {
  const isOld = process.versions.node.localeCompare(leastNode, "en", { numeric: true }) < 0;
  const says = `aps ${version} on Node ${process.versions.node}, ${process.platform}`;
  if (!isOld) return { check: "program", result: "ok", says };
  return {
    check: "program",
    result: "wrong",
    says,
    cure: `Install Node ${leastNode} or later.`,
    exitCode: exitCode.usage,
  };
}

async function files(environment: Context["host"]["environment"]): Promise<Finding> {
  const config = configPath(environment);
  const keys = credentialsPath(environment);
  const shown = [config, keys].map((path) => `${path} (${existsSync(path) ? "there" : "not there"})`).join(", ");
  if (!(await isReadByOthers(keys))) return { check: "files", result: "ok", says: shown };
  const says = `${keys} can be read by other users of this machine`;
  return { check: "files", result: "warning", says, cure: `chmod 600 ${keys}` };
}

function setting(name: string, { settings }: Context): Finding[] {
  const found = settings.read(name);
  if (found === undefined) return [];
  const shown = found.value.replace(/\/\/[^/@]*@/, "//***@");
  return [{ check: name, result: "ok", says: `${shown} (from ${found.from})` }];
}

function profile(name: string | undefined, { settings }: Context): Finding[] {
  if (name === undefined) return [];
  return [
    {
      check: "profile",
      result: "ok",
      says: `${name} (from ${settings.profile?.from}), keys from section [${sectionOf(settings)}]`,
    },
  ];
}

function proxy({ settings, host }: Context): Finding[] {
  const named = settings.read("proxy");
  const variable = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].find(
    (name) => host.environment[name],
  );
  const value = named?.value ?? (variable === undefined ? undefined : host.environment[variable]);
  if (value === undefined || value === "none") return [{ check: "proxy", result: "ok", says: "none" }];
  const shown = value.replace(/^(.*:\/\/)?.*@/, "$1***@");
  const exempt = host.environment.no_proxy ?? host.environment.NO_PROXY;
  const without = exempt ? `; without it: ${exempt}` : "";
  return [{ check: "proxy", result: "ok", says: `${shown} (from ${named?.from ?? variable})${without}` }];
}

function speed(text: string | undefined, endpoint: string | undefined): Finding[] {
  if (text === undefined || text === "" || text === "1") return [];
  if (!(Number(text) >= 1))
    return [
      {
        check: "speed",
        result: "wrong",
        says: `${speedVariable} is ${JSON.stringify(text)}, and must be a number of at least 1`,
        cure: `unset ${speedVariable}`,
        exitCode: exitCode.usage,
      },
    ];
  if (isLoopback(endpoint))
    return [{ check: "speed", result: "ok", says: `times are divided by ${text} (${speedVariable})` }];
  return [
    {
      check: "speed",
      result: "warning",
      says: `${speedVariable}=${text} is set, and does not hold: the endpoint is not on this machine`,
      cure: `unset ${speedVariable}`,
    },
  ];
}
