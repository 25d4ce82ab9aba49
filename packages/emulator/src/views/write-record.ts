import { job as facts } from "../generated/contract.ts";
import type { ViewEffect } from "./effect.ts";
import { effectsOn, type View } from "./view.ts";

type Fields = Extract<ViewEffect, { type: "fields" }>;
type TimeForm = Extract<ViewEffect, { type: "times" }>["form"];

const unfinished: readonly string[] = facts.subJobs.states.waiting;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A record as it is written into an answer, with the fields and the form of times that the view gives it. */
export function writeRecord<T extends object>(view: View, isAbout: (resource: string) => boolean, record: T): T {
  if (view.distortions.length === 0) return record;
  const fields = effectsOn(view, "fields", isAbout);
  const [times] = effectsOn(view, "times", isAbout);
  if (fields.length === 0 && times === undefined) return record;
  return rewrite(record, { fields, form: times?.form, isRunning: false }) as T;
}

interface Rewriting {
  readonly fields: readonly Fields[];
  readonly form: TimeForm | undefined;
  /** Whether what encloses a value is a job or a part of one that has not ended. */
  readonly isRunning: boolean;
}

function rewrite(value: unknown, how: Rewriting): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, how));
  if (typeof value === "string" && how.form !== undefined && isoTime.test(value)) return timeIn(how.form, value);
  if (typeof value !== "object" || value === null) return value;
  const { status } = value as { readonly status?: unknown };
  const isRunning = status === undefined ? how.isRunning : unfinished.includes(String(status));
  const active = how.fields.filter(({ onlyRunning }) => isRunning || !onlyRunning);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !active.some(({ omit }) => omit?.includes(name)))
      .map(([name, inner]) => {
        const setting = active.find(({ set }) => set !== undefined && Object.hasOwn(set, name));
        return [name, setting === undefined ? rewrite(inner, { ...how, isRunning }) : setting.set?.[name]];
      }),
  );
}

const eightHoursMs = 8 * 3_600_000;

function timeIn(form: TimeForm, time: string): string | number {
  const ms = Date.parse(time);
  const local = () => new Date(ms + eightHoursMs).toISOString().replace(/\.?0*Z$/, "");
  switch (form) {
    case "noZone":
      return time.replace("Z", "");
    case "offset":
      return `${local()}+08:00`;
    case "local":
      return local();
    case "blank":
      return time.replace("T", " ").replace(/(\.\d+)?Z$/, "");
    case "epoch":
      return ms;
  }
}
