import { expect, it } from "vitest";
import { bundledKiB, makesAnImage } from "../bench/size.ts";

it("a program carries what it calls, and nothing of the rest", async () => {
  const program = 'import { ApiError } from "@workspace-aps/client"; console.log(ApiError);';
  expect(await bundledKiB(program)).toBeLessThan(0.5);
});

it("a program that makes an image and waits for it does not grow", async () => {
  expect(await bundledKiB(makesAnImage)).toBeLessThan(18);
});
