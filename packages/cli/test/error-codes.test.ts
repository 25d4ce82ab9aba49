import { expect, test } from "vitest";
import { errorCodes } from "../src/generated/error-codes.ts";
import { aps } from "./aps.ts";

test("aps error explains a code without a network: meaning, what to do, whether to repeat, source", async () => {
  const { code, out, err } = await aps("error", "APIGW.0308");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^code +APIGW\.0308 with status 429$/m);
  expect(out).toMatch(/^meaning +\S/m);
  expect(out).toMatch(/^to do +Wait/m);
  expect(out).toMatch(/^again +the same request may succeed later$/m);
  expect(out).toMatch(/^source +API Gateway user guide.*, confidence high$/m);
});

test.each([
  ["a code in small letters", "apigw.0308"],
  ["the name that the gateway of users has for it", "APIG.0308"],
  ["its number", "0308"],
])("%s will do", async (_title, text) => {
  expect((await aps("error", text, "-o", "json")).json()).toMatchObject([{ code: "APIGW.0308" }]);
});

test("a code of several statuses, and a status of several codes, give them all", async () => {
  const statuses = (await aps("error", "APIGW.0201", "-o", "json")).json() as unknown as { status: number }[];
  expect(statuses.map(({ status }) => status)).toEqual(expect.arrayContaining([400, 413, 504]));
  const codes = (await aps("error", "503", "-o", "json")).json() as unknown as { status: number }[];
  expect(codes.length).toBeGreaterThan(1);
  for (const { status } of codes) expect(status).toBe(503);
});

test("without a code it lists all that are known", async () => {
  const { out } = await aps("error");
  const codes = errorCodes.map(({ code }) => code).filter((code) => code !== "unknown");
  for (const code of codes) expect(out).toContain(`\n${code} `);
  const listed = out
    .split("\n")
    .slice(1, -1)
    .map((line) => line.split(" ")[0] ?? "");
  expect(listed).toEqual(listed.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true })));
});

test("a group of codes is a list of them", async () => {
  const { code, out } = await aps("error", "img", "-o", "json");
  const codes = (JSON.parse(out) as { code: string }[]).map((entry) => entry.code);
  expect([code, codes.length > 5, codes.every((one) => one.startsWith("IMG."))]).toEqual([0, true, true]);
});

test("a code that is not known is not found, and the nearest is suggested", async () => {
  const run = await aps("error", "IMG.0099");
  expect([run.code, run.err]).toEqual([7, expect.stringContaining("Did you mean IMG.0009?")]);
});
