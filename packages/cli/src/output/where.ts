import { parseDuration } from "../arguments/duration.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { valueAt } from "./fields.ts";

/** A condition that items of a list must meet, such as `status=ACTIVE` or `create_time>7d`. */
export interface Condition {
  /** The field, by its path. */
  readonly path: string;
  readonly operator: "=" | "!=" | "<" | ">";
  readonly value: string;
}

/**
 * Reads what `--where` was given.
 *
 * @throws UsageError when it is no condition.
 */
export function conditionOf(text: string): Condition {
  const [, path, operator, value] = /^\s*([\w.]+)\s*(!=|=|<|>)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (path === undefined || operator === undefined || value === undefined)
    throw new UsageError(
      `--where takes a field, one of = != < >, and a value, such as status=ACTIVE or 'create_time>7d'; given was ${JSON.stringify(text)}.`,
    );
  return { path, operator: operator as Condition["operator"], value };
}

/**
 * The items that meet every condition. `=` and `!=` take a pattern with `*`; `<` and `>` compare numbers, and times, for which
 * a duration such as `7d` stands for so long ago.
 *
 * @param nowMs the time, in milliseconds.
 */
export function itemsWhere(items: readonly unknown[], where: readonly Condition[], nowMs: number): readonly unknown[] {
  if (where.length === 0) return items;
  return items.filter((item) => where.every((condition) => meets(valueAt(item, condition.path), condition, nowMs)));
}

function meets(value: unknown, { path, operator, value: wanted }: Condition, nowMs: number): boolean {
  const text = value === undefined || value === null ? "" : String(value);
  if (operator === "=" || operator === "!=") return matches(text, wanted) === (operator === "=");
  if (text === "") return false;
  const [given, limit] = Number.isNaN(Number(text))
    ? [Date.parse(text), timeOf(wanted, nowMs, path)]
    : [Number(text), Number(wanted)];
  return operator === "<" ? given < limit : given > limit;
}

function matches(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "isu").test(text);
}

/** Nobody waits for days, so durations have none; ages do. */
const dayMs = 86_400_000;

function timeOf(text: string, nowMs: number, path: string): number {
  const [, days] = /^(\d+)d$/.exec(text) ?? [];
  const isAgo = /^[\d.]+(ms|[smh])/.test(text);
  const agoMs = days !== undefined ? Number(days) * dayMs : isAgo ? parseDuration(text, "--where") : undefined;
  const timeMs = agoMs === undefined ? Date.parse(text) : nowMs - agoMs;
  if (!Number.isNaN(timeMs)) return timeMs;
  throw new UsageError(
    `--where: ${path} is compared with a time, or with a duration such as 7d; given was ${JSON.stringify(text)}.`,
  );
}
