import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { columnsOf } from "../src/terminal/width.ts";
import { projectId, serverId, startTarget, type Target } from "./aps.ts";
import { has, openTerminal, type Terminal } from "./terminal.ts";

const names = ["办公软件", "office-2026", "设计工作站-长名称-用于测试宽度", "erp", "黄金镜像"];
const long = `${"a-very-long-name-".repeat(6)}with-128-characters-in-all`;
const hang = { operation: "RecreateServerImage", effect: { type: "job", fate: { hang: true } } } as const;

onTerminal("a fleet: moving lines, then every image once, and nothing left over", async () => {
  await using story = await open(96, 24);
  await story.writeList(names);
  story.terminal.type("clear; aps image create --from servers.csv --concurrency 2 --interval 400ms");
  await story.terminal.shows(/^\S 办公软件 {24}(started|RUNNING|WAITING) +\d+\.\d s {2}job \d{18}$[\s\S]*2 in work/m);
  await story.terminal.shows(/5 made/);
  const screen = story.terminal.screen();
  for (const name of names.slice(0, 2)) expect(screen.split(name)).toHaveLength(3);
  expect(screen).toMatch(/^SERVER +NAME +RESULT +IMAGE +TOOK$/m);
  const made = screen.split("\n").filter((line) => / made {2,}[0-9a-f]{8}-.* s$/.test(line));
  expect(made).toHaveLength(5);
  expect(new Set(made.map((line) => columnsOf(line.slice(0, line.indexOf(" made "))))).size).toBe(1);
  expect(story.terminal.screen(true)).not.toContain("in work");
  expect(story.terminal.cursor()).toBe(true);
});

onTerminal("a fleet in a window that is made narrower and wider leaves no broken line and no copy", async () => {
  await using story = await open(200, 20);
  story.target.emulator.faults.add({ ...hang, times: 3 });
  await story.writeList([names[0] ?? "", long, "erp"]);
  story.terminal.type("clear; aps image create --from servers.csv --interval 300ms");
  await story.terminal.shows(/0 of 3 ended, 3 in work/);
  for (const columns of [60, 40, 120, 200, 60]) {
    await story.terminal.resize(columns);
    const before = elapsed(story.terminal.screen());
    await story.terminal.settles(
      (screen) =>
        ![before, undefined].includes(elapsed(screen)) &&
        screen.split("\n").every((line) => columnsOf(line) <= columns) &&
        screen.match(/in work/g)?.length === 1,
    );
  }
  const screen = story.terminal.screen();
  for (const line of screen.split("\n")) expect(columnsOf(line)).toBeLessThanOrEqual(60);
  expect(screen).toMatch(/^\S a-very-long-name-.*… {2}RUNNING {2,}\d+(\.\d)? s$/m);
  expect(screen.match(/in work/g)).toHaveLength(1);
  story.terminal.press("C-c");
  await story.terminal.shows(/Go on with: aps image create --resume --journal servers.csv.journal/);
  expect(story.terminal.screen(true)).not.toContain("in work");
});

onTerminal(
  "lines that stay are longer than a narrow window is wide, and nothing of a moving line shows in them",
  async () => {
    await using story = await open(70, 30);
    await story.writeList([...names.slice(0, 4), long]);
    story.terminal.type("clear; aps image create --from servers.csv --concurrency 3 --interval 300ms");
    await story.terminal.shows(/^5 made/m);
    const lines = story.terminal.screen(true).split(/ *\n/);
    expect(lines.filter((line) => / made {2}image [0-9a-f-]{36} {2}\(\d of 5\)$/.test(line))).toHaveLength(5);
    expect(lines.filter((line) => line.includes("RUNNING"))).toEqual([]);
  },
);

onTerminal("one image: the spinner shows time and server, and Ctrl-C says how to wait on", async () => {
  await using story = await open(80, 20);
  story.target.emulator.faults.add(hang);
  story.terminal.type(`clear; aps image create ${serverId} --name 镜像0508 --wait --interval 100ms`);
  await story.terminal.shows(/^\S 镜像0508 {2}job RUNNING {2}server BUILDING {2}\d+\.\d s \(usually 23 m 35 s\)$/m);
  story.terminal.press("C-c");
  await story.terminal.shows(/Still running: job \d{18}/);
  await story.terminal.shows(/Wait for it with: aps image wait \d{18}/);
  expect(story.terminal.screen()).not.toContain("usually");
  expect(story.terminal.cursor()).toBe(true);
});

onTerminal("a long name in a narrow window is cut, and not what people wait for", async () => {
  await using story = await open(60, 20);
  story.target.emulator.faults.add(hang);
  story.terminal.type(`clear; aps image create ${serverId} --name ${long} --wait --interval 100ms`);
  await story.terminal.shows(/^\S a-very-.*… {2}job RUNNING {2}server BUILDING {2}\d+\.\d s$/m);
  story.terminal.press("C-c");
  await story.terminal.shows(/Still running/);
});

onTerminal("two Ctrl-C end a fleet at once, say how to go on, and give the cursor back", async () => {
  await using story = await open(100, 24);
  story.target.emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 60_000 } });
  await story.writeList(["office"]);
  story.terminal.type("clear; aps image create --from servers.csv");
  await story.terminal.shows(/office {2}sending/);
  story.terminal.press("C-c");
  await story.terminal.shows(/Ctrl-C again to end at once/);
  story.terminal.press("C-c");
  await story.terminal.shows(/Go on with: aps image create --resume --journal servers.csv.journal/);
  story.terminal.type("echo the code is $?");
  await story.terminal.shows(/the code is 130/);
  expect(story.terminal.cursor()).toBe(true);
});

test.for([
  ["a terminal that cannot move its cursor", "TERM=dumb"],
  ["the terminal of a build server", "CI=true"],
])("%s gets a plain line for every change", async ([_name, variable], { skip }) => {
  skip(!has("tmux"), "tmux is not installed");
  await using story = await open(100, 24);
  await story.writeList(["office"]);
  story.terminal.type(`clear; ${variable} aps image create --from servers.csv --interval 100ms`);
  await story.terminal.shows(/1 made/);
  expect(story.terminal.screen()).toMatch(/office {2}sending\noffice {2}job \d{18} {2}started\n/);
  story.terminal.type(`clear; ${variable} aps image create ${serverId} --name b --wait --interval 100ms`);
  await story.terminal.shows(/^took/m);
  expect(story.terminal.screen()).toMatch(/^b {2}job started {2}0\.\d s \(usually 23 m 35 s\)$/m);
});

onTerminal(
  "a terminal too narrow for every column leaves some out and says which; one too narrow for any table shows whole ids",
  async () => {
    await using story = await open(50, 24);
    story.terminal.type("clear; aps server list --limit 2");
    await story.terminal.shows(/2 of 6/);
    expect(story.terminal.screen()).toMatch(/^ID +NAME +STATUS +IMAGE ID$/m);
    expect(story.terminal.screen().replaceAll("\n", " ")).toContain("Not shown for want of room: create_time");
    await story.terminal.resize(30);
    story.terminal.type("clear; aps server list --limit 2");
    await story.terminal.shows(/^id +697354472828968964$/m);
  },
);

function onTerminal(title: string, story: () => Promise<void>): void {
  test(title, async ({ skip }) => {
    skip(!has("tmux"), "tmux is not installed");
    await story();
  });
}

/** The time in the moving line of the first image. It changes when the lines are drawn again. */
function elapsed(screen: string): string | undefined {
  return /^\S 办公软件 +RUNNING +(\d+(?:\.\d)? s)/m.exec(screen)?.[1];
}

interface Story extends AsyncDisposable {
  readonly target: Target;
  readonly terminal: Terminal;
  writeList(names: readonly string[]): Promise<void>;
}

async function open(columns: number, rows: number): Promise<Story> {
  const servers = names.map((name, index) => ({ id: `69735447282896896${index}`, projectId, name }));
  const target = await startTarget({ world: { ...defaultWorld, servers: [...defaultWorld.servers, ...servers] } });
  const terminal = await openTerminal(columns, rows, target.environment);
  return {
    target,
    terminal,
    writeList: (list) =>
      writeFile(
        join(terminal.folder, "servers.csv"),
        ["server_id,name", ...list.map((name, index) => `69735447282896896${index},${name}`)].join("\n"),
      ),
    [Symbol.asyncDispose]: async () => {
      await terminal[Symbol.asyncDispose]();
      await target[Symbol.asyncDispose]();
    },
  };
}
