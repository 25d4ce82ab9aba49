import type { ReportedChange } from "./report.ts";

type Advice = (field: string, change: ReportedChange) => string;

const ofField = (field: string) => (field === "" ? "" : ` in ${field}`);

/** What callers have to do about changes, by the rule that judged them; the first that fits counts. */
const advice: readonly (readonly [rule: RegExp, says: Advice])[] = [
  [/^(operation|path|document)-removed$/, () => "Stop calling what was removed."],
  [/^operation-renamed$/, () => "Call the client's method by its new name."],
  [/^path-parameter-renamed$/, () => "Give path parameters by their new names."],
  [/^(required-parameter-added|parameter-required)$/, (_, { says }) => `Send what is required now: ${says}`],
  [/^parameter-removed$/, (_, { says }) => `Leave out what is no longer taken: ${says}`],
  [/^request-field-(removed|withdrawn)$/, (field) => `Do not send ${field || "the field"} any more.`],
  [/^request-presence-/, (field) => `Send what is required now${ofField(field)}.`],
  [
    /^request-(limit|enum|known-values|values-listed|type|null|choice|field-added)/,
    (field) => `Check what you send as ${field || "the body"} against what is accepted now.`,
  ],
  [/^request-(content|media|part|body)|^parameter-written/, () => "Send the request in its new form."],
  [
    /^answer-(field|header|body)-(removed|withdrawn)$/,
    (field) => `Do not read ${field || "what was removed"} any more.`,
  ],
  [/^answer-(presence|header-optional)/, (field) => `Be ready for ${field || "a value"} to be missing.`],
  [/^answer-null/, (field) => `Be ready for null${ofField(field)}.`],
  [/^answer-(enum|known-values|values)/, (field) => `Be ready for values that you do not know${ofField(field)}.`],
  [/^answer-/, (field) => `Read ${field || "the answer"} as it is described now.`],
  [/^(success|error)-status/, () => "Be ready for another status."],
  [/^security-|^scope-|^bearer-/, () => "Sign in with credentials that are still let in."],
  [/^permission-|^condition-key/, () => "Give your users and agencies the permissions that are needed now."],
  [/^states-narrowed/, () => "Call it only in the states in which it is still allowed."],
  [/^job-/, () => "Update the client: how jobs are waited for has changed."],
  [/^error-code/, () => "Look at code that matches on error codes."],
  [/^(host|region)-/, () => "Look at the hosts and regions that you call."],
  [/^(type-name|export)-removed/, () => "Import the type or function under its new name, or do without it."],
  [/^(deprecated|default)-changed/, () => "Look at uses of what is deprecated, and at values that you leave out."],
  [/^rate-limit/, () => "Look at how often you call."],
];

/** What callers have to do, one sentence each, for what breaks or may break them. */
export function adviceFor(changes: readonly ReportedChange[]): string[] {
  const counted = changes.filter(({ verdict, exception }) => verdict !== "safe" && exception === undefined);
  const found = counted.map((change) => {
    const [, field = ""] = /^(`[^`]+`):/.exec(change.says) ?? [];
    const [, says] = advice.find(([rule]) => rule.test(change.rule)) ?? [];
    return says?.(field, change) ?? "Look at what changed, and test against it.";
  });
  return [...new Set(found)];
}
