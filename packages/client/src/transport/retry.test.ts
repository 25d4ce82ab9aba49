import { describe, expect, it } from "vitest";
import { retryAfterMs, retryDelayMs } from "./retry.ts";

const date = "Sun, 01 Nov 2026 00:00:00 GMT";
const nowMs = Date.parse(date);

describe("the header Retry-After", () => {
  it.each([
    ["7", 7_000],
    ["1.5", 2_000],
    ["30.0", 30_000],
    ["7, 9", 9_000],
    [" 3 ", 3_000],
    ["Sun, 01 Nov 2026 00:00:30 GMT", 30_000],
    ["Sunday, 01-Nov-26 00:00:30 GMT", 30_000],
    ["Sun Nov  1 00:00:30 2026", 30_000],
    ["Sat, 31 Oct 2026 00:00:00 GMT", 0],
  ])("%j is %s ms", (value, ms) => {
    expect(retryAfterMs(new Headers({ "Retry-After": value }), nowMs)).toBe(ms);
  });

  it.each(["", "-1", "soon", "2026-11-01T00:00:30Z", "1e3", "Nov 1 2026", "0x10"])("%j is none", (value) => {
    expect(retryAfterMs(new Headers({ "Retry-After": value }), nowMs)).toBeUndefined();
  });

  it("with a date counts from the date of the answer, not from this machine's", () => {
    const headers = new Headers({ "Retry-After": "Sun, 01 Nov 2026 00:00:30 GMT", Date: date });
    expect(retryAfterMs(headers, nowMs + 8 * 3_600_000)).toBe(30_000);
  });
});

describe("the wait after throttling", () => {
  const delays = (message: string, headers: Record<string, string> = {}) => {
    const body = { error_code: "APIGW.0308", error_msg: message };
    const answer = { response: new Response(null, { status: 429, headers }), text: "", body };
    return [1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, { answer }, 0, nowMs) / 1_000);
  };

  it("grows up to the period that the gateway names", () => {
    expect(delays("limit:20,time:1 minute")).toEqual([2, 4, 8, 16, 32, 60, 60]);
    expect(delays("limit:20,time:1 second")).toEqual([2, 4, 5, 5, 5, 5, 5]);
    expect(delays("too many requests")).toEqual([2, 4, 8, 16, 20, 20, 20]);
  });

  it("is never less than usual, whatever the header says", () => {
    expect(delays("", { "Retry-After": "0" })[1]).toBe(4);
    expect(delays("", { "Retry-After": "30" })[1]).toBe(30);
  });
});
