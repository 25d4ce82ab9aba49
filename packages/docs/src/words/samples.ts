import { inEveryLanguage } from "../edition/language.ts";

/** The names of the forms in which a call is shown. */
export const sampleWords = inEveryLanguage({
  en: { typescript: "TypeScript", aps: "aps", curl: "curl, with a token", signed: "curl, signed" },
  "zh-CN": { typescript: "TypeScript", aps: "aps", curl: "curl（Token）", signed: "curl（签名）" },
});
