import { expect, it } from "vitest";
import { decodeText } from "./decode-text.ts";

it.each([
  ["UTF-8", Buffer.from("ak = 键")],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFak = 键")],
])("reads %s", (_encoding, bytes) => {
  expect(decodeText(bytes)).toBe("ak = 键");
});

it.each([
  ["UTF-16 with a byte order mark", Buffer.from("\uFEFFak", "utf16le"), "is UTF-16 text"],
  ["UTF-16 the other way round", Buffer.from("\uFEFFak", "utf16le").swap16(), "is UTF-16 text"],
  ["UTF-16 without a mark", Buffer.from("ak", "utf16le"), "is UTF-16 text"],
  ["a code page", Buffer.from("B\xfcro", "latin1"), "is not UTF-8 text"],
])("names %s", (_encoding, bytes, problem) => {
  expect(() => decodeText(bytes)).toThrow(problem);
});

it("takes no single byte for an encoding", () => {
  expect(decodeText(Buffer.from("a"))).toBe("a");
  expect(decodeText(Buffer.alloc(0))).toBe("");
});
