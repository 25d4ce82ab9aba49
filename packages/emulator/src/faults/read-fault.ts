import { routes } from "../generated/contract.ts";
import type { Fault } from "./fault.ts";

const operationIds = new Set(routes.map(({ operationId }) => operationId));
const isNumber = (value: unknown) => typeof value === "number" && value >= 0;
const isFlag = (value: unknown) => typeof value === "boolean";
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

type Fields = Readonly<Record<string, readonly [needed: boolean, rule: string, holds: (value: unknown) => boolean]>>;

const effects: Readonly<Record<string, Fields>> = {
  answer: {
    status: [
      true,
      "a status from 200 to 599",
      (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
    ],
    body: [false, "anything", () => true],
    headers: [false, "an object of texts", isObject],
    afterWork: [false, "true or false", isFlag],
  },
  delay: { ms: [true, "a number of milliseconds", isNumber], afterWork: [false, "true or false", isFlag] },
  cut: { afterWork: [true, "true or false", isFlag] },
  body: { body: [true, "truncated, html or empty", (value) => ["truncated", "html", "empty"].includes(String(value))] },
  throttle: { requests: [true, "a number", isNumber], perSeconds: [true, "a number of seconds", isNumber] },
  job: { fate: [true, "{ fail: { code, message } } or { hang: true }", isFate] },
};

/**
 * Reads a fault that came from outside.
 *
 * @throws TypeError that names the field and the rule.
 */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new TypeError("A fault must be an object.");
  const fault = value as Readonly<Record<string, unknown>>;
  hold("fault", fault, {
    operation: [false, "the operationId of an operation", (id) => operationIds.has(String(id))],
    times: [false, "a number", isNumber],
    probability: [false, "a number from 0 to 1", (number) => isNumber(number) && Number(number) <= 1],
    effect: [true, "an object", isObject],
  });
  const { type, ...effect } = fault.effect as Readonly<Record<string, unknown>>;
  const fields = effects[String(type)];
  if (fields === undefined) throw new TypeError(`effect.type must be one of ${Object.keys(effects).join(", ")}.`);
  hold("effect", effect, fields);
  return value as Fault;
}

function hold(place: string, value: Readonly<Record<string, unknown>>, fields: Fields): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) throw new TypeError(`${place}.${name} is not known.`);
  }
  for (const [name, [isNeeded, rule, holds]] of Object.entries(fields)) {
    const given = value[name];
    if (given === undefined ? isNeeded : !holds(given)) throw new TypeError(`${place}.${name} must be ${rule}.`);
  }
}

function isFate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { fail, hang } = value as { readonly fail?: unknown; readonly hang?: unknown };
  if (hang === true) return fail === undefined;
  if (!isObject(fail)) return false;
  const { code, message } = fail as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === "string" && typeof message === "string";
}
