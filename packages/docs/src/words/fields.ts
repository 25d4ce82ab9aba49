import { inEveryLanguage } from "../edition/language.ts";

const units = { character: "个字符", item: "项", "": "" } as const;

/** The words for a field's type and limits. */
export const fieldWords = inEveryLanguage({
  en: {
    types: {
      string: "string",
      integer: "integer",
      number: "number",
      boolean: "boolean",
      object: "object",
      null: "null",
    },
    any: "any",
    or: " or ",
    listOf: (type: string) => `list of ${type}s`,
    empty: "(empty)",
    atLeast: (least: string, unit: Unit) => `at least ${least}${plural(least, unit)}`,
    atMost: (most: string, unit: Unit) => `at most ${most}${plural(most, unit)}`,
    exactly: (count: string, unit: Unit) => `exactly ${count}${plural(count, unit)}`,
    range: (least: string, most: string, unit: Unit) => `${least} to ${most}${plural(most, unit)}`,
    multipleOf: (step: string) => `a multiple of ${step}`,
    unique: "no item twice",
    uniqueBy: (name: string) => `no ${name} twice`,
    closed: "no other properties",
    required: "required",
    optional: "optional",
    always: "always there",
    sometimes: "may be missing",
    knownValues: "Known values",
    oneOf: "One of",
    expectOthers: "Expect others.",
    limits: "Limits",
    pattern: "Pattern",
    default: "Default",
    example: "Example",
    fieldsOf: (name: string) => `Fields of ${name}`,
    colon: ": ",
    comma: ", ",
    stop: ". ",
  },
  "zh-CN": {
    types: { string: "字符串", integer: "整数", number: "数字", boolean: "布尔值", object: "对象", null: "null" },
    any: "任意",
    or: "或",
    listOf: (type) => `${type}列表`,
    empty: "（空）",
    atLeast: (least, unit) => `至少 ${least} ${units[unit]}`.trim(),
    atMost: (most, unit) => `最多 ${most} ${units[unit]}`.trim(),
    exactly: (count, unit) => `恰好 ${count} ${units[unit]}`.trim(),
    range: (least, most, unit) => `${least} 到 ${most} ${units[unit]}`.trim(),
    multipleOf: (step) => `${step} 的倍数`,
    unique: "不能有重复项",
    uniqueBy: (name) => `${name} 不能重复`,
    closed: "不允许其他属性",
    required: "必填",
    optional: "可选",
    always: "一定有",
    sometimes: "可能没有",
    knownValues: "已知的值",
    oneOf: "取值",
    expectOthers: "可能出现其他值。",
    limits: "限制",
    pattern: "正则",
    default: "默认值",
    example: "示例",
    fieldsOf: (name) => `${name} 的字段`,
    colon: "：",
    comma: "，",
    stop: "。",
  },
});

/** What a limit counts. */
export type Unit = keyof typeof units;

function plural(count: string, unit: Unit): string {
  return unit === "" ? "" : ` ${unit}${count === "1" ? "" : "s"}`;
}
