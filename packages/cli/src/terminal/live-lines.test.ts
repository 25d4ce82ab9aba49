import { expect, test } from "vitest";
import { liveLines } from "./live-lines.ts";
import { columnsOf } from "./width.ts";

const csi = "\u001b[";

function fakeTerminal(isTTY: boolean, columns = 20, rows = 5) {
  const written: string[] = [];
  return { isTTY, columns, rows, written, write: (text: string) => written.push(text) };
}

test("a frame is cut to the width of the terminal, also in Chinese, and to its height", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { LANG: "C.UTF-8", TERM: "xterm" });
  live.show((spinner) => Array.from({ length: 9 }, () => `${spinner} ${"镜像".repeat(10)}`));
  const frame = terminal.written.at(-1)?.split("\n") ?? [];
  expect(frame).toHaveLength(4);
  for (const line of frame) expect(columnsOf(line)).toBeLessThan(20);
  live.end();
});

test("a line that stays is printed above, and the end leaves nothing behind and shows the cursor", () => {
  const terminal = fakeTerminal(true);
  const live = liveLines(terminal, { TERM: "xterm" });
  live.show((spinner) => [`${spinner} one`, "two"]);
  live.print("stays");
  expect(terminal.written.at(-1)).toBe(`\r${csi}1A${csi}Jstays\n/ one\ntwo`);
  live.end();
  expect(terminal.written.at(-1)).toBe(`\r${csi}1A${csi}J${csi}?25h`);
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
