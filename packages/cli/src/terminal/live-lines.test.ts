import { expect, test } from "vitest";
import { liveLines } from "./live-lines.ts";
import { columnsOf } from "./width.ts";

const csi = "\u001b[";

function fakeTerminal(isTTY: boolean, columns = 20, rows = 5) {
  const written: string[] = [];
  return {
    isTTY,
    columns,
    rows,
    written,
    write: (text: string) => written.push(text),
    /** The lines of the last frame, without what moves the cursor. */
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
    frame: () => (written.at(-1) ?? "").replaceAll(/\r|\u001b\[(\d*[AJK]|\?25[lh])/g, "").split("\n"),
  };
}

test("a frame is cut to the width of the terminal, also in Chinese, and to its height", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { LANG: "C.UTF-8", TERM: "xterm" });
  live.show((spinner) => Array.from({ length: 9 }, () => `${spinner} ${"镜像".repeat(10)}`));
  const frame = terminal.frame();
  expect(frame).toHaveLength(4);
  // There is room for the ^C that a terminal echoes.
  for (const line of frame) expect(columnsOf(line)).toBeLessThan(18);
  live.end();
});

test("where there is no room for all lines, the last one stays, which sums up, under how many are missing", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { TERM: "xterm" });
  live.show(() => ["1", "2", "3", "4", "5", "sum"]);
  expect(terminal.frame()).toEqual(["1", "2", "3 more", "sum"]);
  live.end();
});

test("lines that a terminal has broken because it became narrower are taken away with the rest", () => {
  const terminal = fakeTerminal(true, 40);
  const live = liveLines(terminal, { TERM: "xterm" });
  live.show((_, columns) => ["镜像".repeat(9), `${columns}`]);
  terminal.columns = 20;
  live.print("stays");
  // 36 columns take two rows of 20, and the second line takes one.
  expect(terminal.written.at(-1)?.startsWith(`${csi}?25l\r${csi}2A`)).toBe(true);
  expect(terminal.frame().at(-1)).toBe("17");
  live.end();
});

test("the cursor is hidden for no longer than a frame is drawn, so that a program that is killed leaves it", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { TERM: "xterm" });
  live.show(() => ["moving"]);
  live.print("stays");
  for (const frame of terminal.written) {
    expect(frame.startsWith(`${csi}?25l`)).toBe(true);
    expect(frame.endsWith(`${csi}?25h`)).toBe(true);
  }
  live.end();
});

test("a line that stays is printed above, and the end leaves nothing behind", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { TERM: "xterm" });
  live.show((spinner) => [`${spinner} one`, "two"]);
  live.print("stays");
  expect(terminal.frame()).toEqual(["stays", "/ one", "two"]);
  live.end();
  const [up, clear] = [`\r${csi}1A`, `${csi}2K`];
  expect(terminal.written.at(-1)).toBe(`${up}${clear}\n${clear}${up}`);
});

test.each([
  ["a pipe", false, {}],
  ["a dumb terminal", true, { TERM: "dumb" }],
  ["a build server", true, { CI: "true" }],
])("%s gets plain lines without control characters", (_name, isTTY, environment) => {
  const terminal = fakeTerminal(isTTY);
  const live = liveLines(terminal, environment);
  live.show(() => ["moving"]);
  live.print("stays");
  live.end();
  expect(terminal.written).toEqual(["stays\n"]);
});
