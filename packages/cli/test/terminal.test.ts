import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { columnsOf } from "../src/terminal/width.ts";
import { projectId, serverId, startTarget, type Target } from "./aps.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
const program = join(import.meta.dirname, "..", "dist", "main.js");
const names = ["办公软件", "office-2026", "设计工作站-长名称-用于测试宽度", "erp", "黄金镜像"];

test.runIf(hasTmux)("a fleet on a terminal: moving lines, then every image once, and nothing left over", async () => {
  await using terminal = await openTerminal(96, 24);
  await writeFile(
    join(terminal.folder, "servers.csv"),
    ["server_id,name", ...names.map((name, index) => `69735447282896896${index},${name}`)].join("\n"),
  );
  terminal.type("image create --from servers.csv --concurrency 2 --interval 400ms");
  await terminal.shows(/^\S 办公软件 {24}job \d{18} {2}(started|RUNNING|WAITING) {2}\d[\s\S]*2 in work/m);
  await terminal.shows(/5 made/);
  const screen = terminal.screen();
  for (const name of names.slice(0, 2)) expect(screen.split(name)).toHaveLength(3);
  expect(screen).toMatch(/^SERVER +NAME +RESULT +IMAGE +TOOK$/m);
  expect(screen).not.toContain("in work");
  const starts = screen.split("\n").filter((line) => / made {2,}[0-9a-f]{8}-.* s$/.test(line));
  expect(starts).toHaveLength(5);
  expect(new Set(starts.map((line) => columnsOf(line.slice(0, line.indexOf(" made "))))).size).toBe(1);
});

test.runIf(hasTmux)("one image: the spinner shows time and server, and Ctrl-C says how to wait on", async () => {
  await using terminal = await openTerminal(80, 20);
  const fate = { hang: true } as const;
  terminal.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "job", fate } });
  terminal.type(`image create ${serverId} --name 镜像0508 --wait --interval 100ms`);
  await terminal.shows(/^\S 镜像0508 {2}job RUNNING {2}server BUILDING {2}\d+\.\d s \(usually 23 m 35 s\)$/m);
  terminal.press("C-c");
  await terminal.shows(/Still running: job \d{18}/);
  await terminal.shows(/Wait for it with: aps image wait \d{18}/);
  expect(terminal.screen()).not.toContain("usually");
});

test.runIf(hasTmux)("a terminal too narrow for a table shows whole ids", async () => {
  await using terminal = await openTerminal(50, 24);
  terminal.type("server list --limit 2");
  await terminal.shows(/2 of 6/);
  expect(terminal.screen()).toMatch(/^id +697354472828968964$/m);
});

async function openTerminal(columns: number, rows: number) {
  const servers = names.map((name, index) => ({ id: `69735447282896896${index}`, projectId, name }));
  const target: Target = await startTarget({
    world: { ...defaultWorld, servers: [...defaultWorld.servers, ...servers] },
  });
  const folder = await mkdtemp(join(tmpdir(), "aps-terminal-"));
  const socket = join(folder, "tmux");
  // UTF-8, because a locale without it makes tmux replace every Chinese character.
  const environment = {
    ...target.environment,
    PATH: process.env.PATH ?? "",
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    PS1: "$ ",
  };
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-u", "-S", socket, ...args], { env: environment, cwd: folder }).toString();
  tmux("-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), "bash", "--norc");
  const screen = () => tmux("capture-pane", "-p", "-J").replace(/\s+$/, "");
  return {
    emulator: target.emulator,
    folder,
    screen,
    type: (command: string) => tmux("send-keys", `clear; "${process.execPath}" "${program}" ${command}`, "Enter"),
    press: (key: string) => tmux("send-keys", key),
    shows: async (pattern: RegExp) => {
      const deadline = Date.now() + 15_000;
      while (!pattern.test(screen())) {
        if (Date.now() > deadline) throw new Error(`The screen never showed ${pattern}:\n${screen()}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    [Symbol.asyncDispose]: async () => {
      tmux("kill-server");
      await target[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
