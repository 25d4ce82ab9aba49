import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tellingCharacters } from "../build/characters.ts";
import { at, type Json } from "../build/document.ts";
import { type EdgeCase, nameOf } from "../build/edge-cases.ts";
import { documents, read } from "./bundle.ts";

/**
 * The patterns as the vendor documents them. Ours say the same in a form that compiles with the u flag and, where that
 * is possible, in other engines. Written without the flag, because some escapes need that; `\p` needs it.
 */
const DOCUMENTED: Readonly<Record<string, RegExp>> = {
  "RecreateServerImageRequest.name": /^(?! +)[ .\-\w\u4e00-\u9fa5]{0,127}[.\-\w\u4e00-\u9fa5]$/,
  "RecreateServerImageRequest.description": /^(?! +)[^\r\n<>]{0,1024}$/,
  ImageServerName: /^(?! +$)[\w\u4e00-\u9fa5\u002d_][\w\u4e00-\u9fa5\u002d_]{0,63}$/,
  "ImageRef.spce_code": /^\S{0,100}$/,
  "ImageRef.product_id": /^\S{0,100}$/,
  "ImageServerImageRef.spce_code": /^\S{0,100}$/,
  "ImageServerImageRef.product_id": /^\S{0,100}$/,
  ServerGroupName: /^(?! +$)[\w\u4e00-\u9fa5\u002d_][\w\u4e00-\u9fa5\u002d_]{0,63}$/,
  "UpdateServerGroupRequest.image_id": /^\S{1,128}$/,
  "UpdateServerGroupRequest.image_product_id": /^\S{0,128}$/,
  "UpdateServerRequest.name": /^(?!\s +$)[\w\u4e00-\u9fa5\u002d_]{1,64}$/,
  "ResourceTag.key": /^((?!_sys_)[\p{L}\p{Z}\p{N}_.:=+\-@]{1,128})(?<!\s)$/u,
  "ResourceTag.value": /^([\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255})$/u,
  "TmsTag.key": /^((?!_sys_)[\p{L}\p{Z}\p{N}_.:=+\-@]{1,128})(?<!\s)$/u,
  "TmsTag.value": /^([\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255})$/u,
};

/** Patterns that are ours alone, each with its reason in `x-aps-quirks` or in the description. */
const OURS = ["ApplicationServerId", "ImageServerId", "JobId", "ProjectId", "ServerGroupId", "ServerJobId", "Time"];

const bundle = documents.aps;
const cases: EdgeCase[] = read("edge-cases.json");
const withPattern = cases.filter(({ schema }) => at(bundle, schema).pattern);

test("every pattern is either the vendor's or known as ours", () => {
  expect(withPattern.map(({ schema }) => nameOf(schema)).toSorted()).toEqual(
    [...Object.keys(DOCUMENTED), ...OURS].toSorted(),
  );
});

describe.each(withPattern.filter(({ schema }) => nameOf(schema) in DOCUMENTED))(
  "$schema",
  ({ schema, passes, fails }) => {
    const documented = DOCUMENTED[nameOf(schema)] as RegExp;
    const ours = at(bundle, schema);

    test("agrees with the documented pattern on every edge", () => {
      for (const { value } of [...passes, ...fails]) {
        // The documented patterns count UTF-16 units where they have no u flag; JSON Schema counts characters.
        if (!documented.unicode && [...String(value)].length !== String(value).length) continue;
        expect(documented.test(String(value)), JSON.stringify(value).slice(0, 80)).toBe(accepts(ours, String(value)));
      }
    });

    test("agrees with it on texts made of telling characters", () => {
      const ends = [ours.pattern, documented.source].flatMap((one) => tellingCharacters(one, documented.flags));
      const characters = [...ends, ..."a <>*\n\r\u3000é²", "_sys_", "_sy"];
      const text = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((parts) => parts.join(""));
      fc.assert(
        fc.property(text, (value) => documented.test(value) === accepts(ours, value)),
        { numRuns: 5_000, seed: 1 },
      );
    });
  },
);

function accepts({ minLength = 0, maxLength, pattern }: Json, value: string): boolean {
  const length = [...value].length;
  return length >= minLength && length <= maxLength && new RegExp(pattern, "u").test(value);
}
