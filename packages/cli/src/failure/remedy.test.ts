import { expect, test } from "vitest";
import { errorCodes } from "../generated/error-codes.ts";
import { lookUp } from "./remedy.ts";

const [known] = errorCodes.filter(({ status }) => status === 400);
const [withoutStatus] = errorCodes.filter(({ status }) => status === "unknown");

test("a code is found with its status, and alone", () => {
  expect(lookUp(known?.code, 400)).toEqual(known);
  expect(lookUp(known?.code)).toEqual(known);
});

test("a code that came with another status is not explained by the meaning that it has with its own", () => {
  expect(lookUp(known?.code, 503)).toBeUndefined();
});

test("a code whose status the catalogue does not know is found with any", () => {
  expect(lookUp(withoutStatus?.code, 503)).toEqual(withoutStatus);
});

test("the former name of the gateway leads to the same codes", () => {
  expect(lookUp("APIG.0301")?.code).toBe("APIGW.0301");
});
