import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aps } from "./aps.ts";
import { folderWithProgram, has, openTerminal } from "./terminal.ts";

/** What is typed before the Tab key, and what stands there after it. */
const cases = [
  ["aps im", "aps image"],
  ["aps image cr", "aps image create"],
  ["aps image create --sy", "aps image create --sysprep"],
  ["aps job list --job-type CREATE_SERVER_", "aps job list --job-type CREATE_SERVER_IMAGE"],
  ["aps job list --job-type=CREATE_SERVER_", "aps job list --job-type=CREATE_SERVER_IMAGE"],
  ["aps image create x --from serv", "aps image create x --from servers.csv"],
  ["aps image create x --from=serv", "aps image create x --from=servers.csv"],
  ["aps image create --name '镜像 1' --descr", "aps image create --name '镜像 1' --description"],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await folderWithProgram();
  await writeFile(join(folder, "servers.csv"), "");
  await writeFile(join(folder, "my list.csv"), "");
  for (const shell of ["bash", "zsh", "fish"])
    await writeFile(join(folder, `aps.${shell}`), (await aps("completion", shell)).out);
});
afterAll(() => rm(folder, { recursive: true }));

function inShell(shell: string, ...args: string[]): string {
  const PATH = `${join(folder, "bin")}:${process.env.PATH}`;
  const run = spawnSync(shell, args, { cwd: folder, env: { PATH, HOME: folder, LANG: "C.UTF-8" } });
  expect(String(run.stderr)).toBe("");
  return String(run.stdout);
}

test.each(cases)("bash completes %j, as words", (typed, expected) => {
  // The shell breaks a word at an equals sign before it asks.
  const words = typed.replaceAll("=", " = ").split(" ");
  const line = `source aps.bash; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _aps; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(inShell("bash", "--norc", "-c", line).split("\n")).toContain(expected.split(/[ =]/).at(-1));
});

test.each([
  ["aps image create --from my", "my list.csv"],
  ["aps image create --from my\\ l", "my list.csv"],
  ["aps image create --journal =", "servers.csv"],
])("bash completes the name of a file, with its spaces, or after an equals sign: %j", (typed, expected) => {
  const words = typed.split(/(?<!\\) /).map((word) => `'${word}'`);
  const line = `source aps.bash; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _aps; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(inShell("bash", "--norc", "-c", line).split("\n")).toContain(expected);
});

test.for(cases)("fish completes %j", ([typed, expected], { skip }) => {
  skip(!has("fish"), "fish is not installed");
  const quoted = typed.replaceAll("'", "\\'");
  const offered = inShell("fish", "-c", `source aps.fish; complete -C '${quoted}'`);
  expect(offered.split("\n").map((line) => line.split("\t")[0])).toContain(expected.split(" ").at(-1));
});

test("zsh tells what a word means, and shows no empty meaning", ({ skip }) => {
  skip(!has("zsh"), "zsh is not installed");
  const offered = (...words: string[]) => {
    const stubs = `compdef() {}; _describe() { print -rl -- "\${found[@]}"; }`;
    return inShell("zsh", "-f", "-c", `${stubs}; words=(${words.join(" ")} ''); CURRENT=$#words; source aps.zsh; _aps`);
  };
  expect(offered("aps", "server", "list", "-o").split("\n")).toContain("json");
  expect(offered("aps", "image").split("\n")).toContain("list:List images");
});

test.for([
  ["bash", ["bash", "--norc", "--noprofile"], "source aps.bash"],
  ["zsh", ["zsh", "-f"], "PS1='$ '; setopt interactivecomments; autoload -Uz compinit; compinit -u -D; source aps.zsh"],
  [
    "zsh from a folder of $fpath",
    ["zsh", "-f"],
    "PS1='$ '; setopt interactivecomments; fpath=($PWD/fpath $fpath); autoload -Uz compinit; compinit -u -D",
  ],
] as const)("a person in %s presses Tab", async ([title, shell, prepare], { skip }) => {
  const [name] = shell;
  for (const needed of ["tmux", name]) skip(!has(needed), `${needed} is not installed`);
  await using terminal = await openTerminal(100, 40, {}, shell);
  await writeFile(join(terminal.folder, "servers.csv"), "");
  const script = (await aps("completion", name)).out;
  await writeFile(join(terminal.folder, `aps.${name}`), script);
  await mkdir(join(terminal.folder, "fpath"));
  await writeFile(join(terminal.folder, "fpath", "_aps"), script);
  terminal.type(`${prepare}; clear; echo ready`);
  await terminal.shows(/^ready/m);
  for (const [typed, expected] of cases) {
    terminal.press(typed, "Tab");
    await terminal.shows(new RegExp(`^\\$ ${expected.replace(/[.$]/g, "\\$&")}\\s*$`, "m")).catch((cause) => {
      throw new Error(`${title}: ${typed}`, { cause });
    });
    // Not to be run: it becomes a comment.
    terminal.press("C-a", "# ", "Enter");
    await terminal.shows(new RegExp(`# ${expected.replace(/[.$]/g, "\\$&")}`));
  }
});

test("a shell that is not known", async () => {
  const run = await aps("completion", "powershell");
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("must be one of bash, zsh, fish")]);
});
