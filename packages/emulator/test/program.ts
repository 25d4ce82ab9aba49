import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { tokenRequest, world } from "./call.ts";

export const program = join(import.meta.dirname, "..", "dist", "bin.js");

/** Starts the program `aps-emulator` on a free port. */
export async function startProgram(...args: string[]) {
  const child = spawn(process.execPath, [program, "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const url = String(line).split(" ").at(-1) ?? "";
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    // Only now everything that it has written is there.
    return once(child, "close");
  };
  return {
    line: String(line),
    url,
    /** What it has written to stdout. */
    out: () => out,
    /** What it has written to stderr. */
    log: () => log,
    /** Calls an operation of the default project. */
    call: (path: string, token: string, body?: object) =>
      fetch(`${url}/v1/${world.projectId}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { "X-Auth-Token": token },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    admin: (what: string, body?: object) =>
      fetch(`${url}/__emulator/${what}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    token: async () => {
      const init = { method: "POST", body: JSON.stringify(tokenRequest()) };
      return (await fetch(`${url}/v3/auth/tokens`, init)).headers.get("X-Subject-Token") ?? "";
    },
    kill: () => end("SIGKILL"),
    /** Stops it as a shell does, and makes sure that none of its answers broke the contract. */
    stop: async () => {
      const exit = await end("SIGTERM");
      expect(log).not.toContain("defect of the emulator");
      return exit;
    },
  };
}
