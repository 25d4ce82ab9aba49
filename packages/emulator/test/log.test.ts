import { expect, it } from "vitest";
import { requestLog } from "../src/node/log-line.ts";

const at = "2026-11-30T01:11:21.423Z";
const held = { at, method: "GET", path: "/v1/p/image-servers\u001b[2J" };

it.each([
  ["lines", `${at}  GET /v1/p/image-servers?[2J  is not answered yet`],
  ["json", JSON.stringify({ ...held, answered: false })],
  ["none", undefined],
] as const)("a request that a fault holds is told of in the log (%s)", (form, line) => {
  const lines: string[] = [];
  requestLog(form, (text) => lines.push(text)).onWaiting(held);
  expect(lines[0]).toBe(line);
});
