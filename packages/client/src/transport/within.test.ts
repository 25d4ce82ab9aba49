import { expect, it } from "vitest";
import { sleepOnTimer } from "./within.ts";

it("a time that is over is waited for without a warning of the platform", async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on("warning", note);
  await sleepOnTimer(-5);
  await new Promise(setImmediate);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
