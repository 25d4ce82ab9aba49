import { execFileSync, spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limitsMs } from "../../../scripts/suite/limits.ts";
import { node, program } from "./aps.ts";

/** Whether a program is on this machine. */
export function has(name: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}

/** A real terminal with a shell in it, in which people type. */
export interface Terminal extends AsyncDisposable {
  /** Its working folder, with the program as `bin/aps`. */
  readonly folder: string;
  /** What is on the screen now; with `history`, also what has scrolled out of it. */
  screen(history?: boolean): string;
  /** Types a line, as it is, and Enter. */
  type(line: string): void;
  /** Presses keys, by the names that tmux has for them. */
  press(...keys: string[]): void;
  /** Resolves as soon as programs in it are told the new width, which tmux does a little later. */
  resize(columns: number): Promise<void>;
  /** Whether the cursor is to be seen. */
  cursor(): boolean;
  /** Resolves as soon as the screen shows a text. */
  shows(pattern: RegExp): Promise<void>;
  /** Resolves as soon as something holds of the screen. */
  settles(holds: (screen: string) => boolean): Promise<void>;
}

/** Opens a terminal of a size. Needs tmux. */
export async function openTerminal(
  columns: number,
  rows: number,
  environment: Readonly<Record<string, string>>,
  shell: readonly string[] = ["bash", "--norc"],
): Promise<Terminal> {
  const folder = await folderWithProgram();
  const socket = join(folder, "tmux");
  // UTF-8, because a locale without it makes tmux replace every Chinese character.
  const env = {
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    PS1: "$ ",
    HOME: folder,
    ...environment,
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
  };
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-u", "-S", socket, ...args], { env, cwd: folder }).toString();
  tmux("-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), ...shell);
  const screen = (history = false) =>
    tmux("capture-pane", "-p", "-J", ...(history ? ["-S", "-"] : [])).replace(/\s+$/, "");
  const until = async (holds: (screen: string) => boolean, what: string) => {
    const deadline = Date.now() + limitsMs.wait;
    while (!holds(screen())) {
      if (Date.now() > deadline) throw new Error(`The screen never ${what}:\n${screen()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    folder,
    screen,
    type: (line) => void tmux("send-keys", line, "Enter"),
    press: (...keys) => void tmux("send-keys", ...keys),
    resize: async (width) => {
      tmux("resize-window", "-x", String(width));
      const tty = tmux("display-message", "-p", "#{pane_tty}").trim();
      const told = () => execFileSync("stty", ["size"], { stdio: [openSync(tty, "r"), "pipe", "pipe"] }).toString();
      await until(() => told().trim().endsWith(` ${width}`), `was ${width} columns wide`);
    },
    cursor: () => tmux("display-message", "-p", "#{cursor_flag}").trim() === "1",
    shows: (pattern) => until((text) => pattern.test(text), `showed ${pattern}`),
    settles: (holds) => until(holds, "settled"),
    [Symbol.asyncDispose]: async () => {
      tmux("kill-server");
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A new folder with the program in it, as `bin/aps`. */
export async function folderWithProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aps-terminal-"));
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin", "aps"), `#!/bin/sh\nexec "${node}" "${program}" "$@"\n`);
  await chmod(join(folder, "bin", "aps"), 0o755);
  return folder;
}
