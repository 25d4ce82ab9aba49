import { expect, test } from "vitest";
import { coloured, plain } from "./streams.ts";
import { table } from "./table.ts";
import { columnsOf, cut, printable } from "./width.ts";
import { wrap } from "./wrap.ts";

test("Chinese names take two columns each, and the next column stays aligned", () => {
  const rows = [
    ["黄金镜像", "ACTIVE"],
    ["office-2026", "BUILT"],
  ].map((row) => row.map((text) => ({ text })));
  const lines = table([{ text: "NAME" }, { text: "STATUS" }], rows, plain);
  expect(lines).toEqual(["NAME         STATUS", "黄金镜像     ACTIVE", "office-2026  BUILT"]);
  const starts = ["ACTIVE", "BUILT"].map((text, index) => columnsOf((lines[index + 1] ?? "").split(text)[0] ?? ""));
  expect(new Set(starts)).toEqual(new Set([13]));
});

test("fits a narrow terminal by cutting the widest column, never through a character", () => {
  const rows = [[{ text: "697354472828968960" }, { text: "镜像".repeat(20) }]];
  const lines = table([{ text: "ID" }, { text: "NAME", flexible: true }], rows, plain, 40);
  expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(40);
  expect(lines[1]).toContain("697354472828968960");
  expect(lines[1]).toMatch(/像?…$/);
});

test("a terminal too narrow for whole ids gets blocks", () => {
  const rows = [
    [{ text: "697354472828968960" }, { text: "镜像" }],
    [{ text: "697354472828968961" }, { text: "" }],
  ];
  const lines = table([{ text: "ID" }, { text: "NAME", flexible: true }], rows, plain, 22);
  expect(lines).toEqual(["id    697354472828968960", "name  镜像", "", "id  697354472828968961"]);
});

test("colour takes no room", () => {
  const paint = coloured;
  const lines = table([{ text: "A" }, { text: "B" }], [[{ text: "x", paint: paint.red }, { text: "y" }]], paint);
  expect(columnsOf(lines[1] ?? "")).toBe(4);
});

test("cut keeps what fits", () => {
  expect(cut("镜像镜像", 5)).toBe("镜像…");
  expect(cut("镜像", 4)).toBe("镜像");
  expect(cut("👨‍👩‍👧abc", 3)).toBe("👨‍👩‍👧…");
});

test("wrap breaks at spaces", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("镜像 镜像 镜像", 9, columnsOf)).toEqual(["镜像 镜像", "镜像"]);
});

test("text from elsewhere cannot steer the terminal", () => {
  expect(printable("a\u001b[2Jb\nc")).toBe("a\\u001b[2Jb c");
});

test.each([
  ["", 0],
  ["office", 6],
  ["镜像", 4],
  ["한글", 4],
  ["ｆｕｌｌ", 8],
  ["e\u0301", 1],
  ["👍🏽", 2],
  ["👨‍👩‍👧", 2],
  ["⚠\ufe0f", 2],
  ["⠋", 1],
  ["\u001b[31mred\u001b[39m", 3],
  ["a\u200bb", 2],
])("%j takes %d columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});
