import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { networkOf } from "../connection/network.ts";
import { version } from "../generated/version.ts";
import type { Context } from "../program/context.ts";
import { homeOf } from "../settings/config-file.ts";
import type { Environment } from "../terminal/streams.ts";
import { registryOf } from "./registry.ts";

const dayMs = 86_400_000;
/** A command that has ended is not kept for longer than this. */
const patienceMs = 1_000;
const packageName = "@workspace-aps/cli";

/** A look for a newer version that goes on beside a command. */
export interface UpdateNotice {
  /** Tells of a newer version, once the command has ended. */
  end(): Promise<void>;
}

type Run = Pick<Context, "settings" | "host" | "log">;

/**
 * Whether to look for a newer version: only where somebody has said so (`update_notice = "on"` in a profile, or
 * `APS_UPDATE_NOTICE=on`), where a person reads it, and where none of the usual variables says no.
 */
function wantsNotice({ settings, host, log }: Run): boolean {
  const { err, environment } = host;
  const isOff = ["CI", "NO_UPDATE_NOTIFIER"].some((name) => environment[name]);
  return settings.text("update-notice") === "on" && err.isTTY === true && !isOff && log.options.level !== "quiet";
}

/**
 * Asks the npm registry of the user at most once a day, sends nothing but the name of the package, and never fails: what
 * goes wrong is not told, and asked again a day later.
 */
export function beginNotice(run: Run): UpdateNotice | undefined {
  if (!wantsNotice(run)) return undefined;
  const { settings, host, log } = run;
  const { environment, clock } = host;
  const path = cachePath(environment);
  const stop = new AbortController();
  const ask = async (registry: string): Promise<string> => {
    const { fetch } = networkOf(settings, host);
    const url = `${registry}${packageName.replace("/", "%2f")}/latest`;
    const answer = await fetch(url, { headers: { accept: "application/json" }, signal: stop.signal });
    const { version: found } = (await answer.json()) as { version?: unknown };
    if (!answer.ok || typeof found !== "string" || !/^\d+\.\d+\.\d+$/.test(found)) throw new Error("No version.");
    return found;
  };

  const latest = (async () => {
    const known = await readKnown(path);
    if (known !== undefined && clock.now() - known.checkedAtMs < dayMs) return known.latest;
    const found = await ask(await registryOf(environment)).catch(() => known?.latest ?? version);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ checkedAtMs: clock.now(), latest: found }));
    return found;
  })().catch(() => undefined);

  return {
    async end() {
      const timer = setTimeout(() => stop.abort(), patienceMs);
      const found = await latest;
      clearTimeout(timer);
      if (found === undefined || !isNewer(found, version)) return;
      log.note(`aps ${found} is out, and this is ${version}: npm install --global ${packageName}`);
    },
  };
}

interface Known {
  readonly checkedAtMs: number;
  readonly latest: string;
}

async function readKnown(path: string): Promise<Known | undefined> {
  try {
    const known = JSON.parse(await readFile(path, "utf8")) as Known;
    return typeof known.checkedAtMs === "number" && typeof known.latest === "string" ? known : undefined;
  } catch {
    return undefined;
  }
}

/** Where programs keep what they can do without. */
function cachePath(environment: Environment): string {
  const base =
    process.platform === "win32"
      ? environment.LOCALAPPDATA || join(homeOf(environment), "AppData", "Local")
      : environment.XDG_CACHE_HOME || join(homeOf(environment), ".cache");
  return join(base, "aps", "update.json");
}

function isNewer(found: string, present: string): boolean {
  const [a, b] = [found, present].map((text) => text.split(/[.-]/).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
