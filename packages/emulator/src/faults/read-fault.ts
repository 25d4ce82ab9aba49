import { job, routes } from "../generated/contract.ts";
import { InvalidInput } from "../invalid-input.ts";
import type { Fault } from "./fault.ts";

const operationIds = new Set(routes.map(({ operationId }) => operationId));
const startersOfJobs: ReadonlySet<string> = new Set(Object.values(job.kinds).map(({ startedBy }) => startedBy));
/** A timer of the platform takes no more, in milliseconds. */
const longestDelay = 2 ** 31 - 1;

const isNumber = (value: unknown) => Number.isFinite(value) && Number(value) >= 0;
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;
const isFlag = (value: unknown) => typeof value === "boolean";
const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isOneOf = (values: readonly string[]) => (value: unknown) => values.includes(String(value));

type Fields = Readonly<Record<string, readonly [needed: boolean, rule: string, holds: (value: unknown) => boolean]>>;

const effects: Readonly<Record<string, Fields>> = {
  answer: {
    status: [
      true,
      "a status from 200 to 599",
      (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
    ],
    body: [false, "anything", () => true],
    headers: [false, "an object of names and texts that HTTP allows", areHeaders],
    afterWork: [false, "true or false", isFlag],
  },
  delay: {
    ms: [true, `milliseconds, at most ${longestDelay}`, (value) => isNumber(value) && Number(value) <= longestDelay],
    afterWork: [false, "true or false", isFlag],
  },
  cut: { afterWork: [true, "true or false", isFlag] },
  body: { body: [true, "truncated, html or empty", isOneOf(["truncated", "html", "empty"])] },
  throttle: {
    requests: [true, "a number from 0", isNumber],
    perSeconds: [true, "a number of seconds", isNumber],
    retryAfter: [false, "a number of seconds", isNumber],
  },
  job: { fate: [true, "{ fail: { code, message, servers } } or { hang: true, subJobStatus }", isFate] },
};

/** Whether an operation starts a job. */
export function startsJob(operationId: string): boolean {
  return startersOfJobs.has(operationId);
}

/**
 * Reads a fault that was given from outside.
 *
 * @throws InvalidInput that names the field, the rule and what was given.
 */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new InvalidInput("A fault must be an object.");
  const fault = value as Fault;
  hold("fault", fault as object, {
    operation: [false, `one of ${[...operationIds].join(", ")}`, (id) => isText(id) && operationIds.has(String(id))],
    times: [false, "a whole number from 1", isCount],
    probability: [false, "a number from 0 to 1", (number) => isNumber(number) && Number(number) <= 1],
    effect: [true, "an object", isObject],
  });
  const { type, ...effect } = fault.effect;
  const fields = Object.hasOwn(effects, String(type)) ? effects[String(type)] : undefined;
  if (fields === undefined)
    throw new InvalidInput(`effect.type must be one of ${Object.keys(effects).join(", ")}; given was ${show(type)}.`);
  hold("effect", effect, fields);
  if (type === "job" && fault.operation !== undefined && !startsJob(fault.operation))
    throw new InvalidInput(`fault.operation ${fault.operation} starts no job; ${[...startersOfJobs].join(", ")} do.`);
  return fault;
}

function hold(place: string, value: object, fields: Fields): void {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    throw new InvalidInput(`${place}.${name} is not known; ${Object.keys(fields).join(", ")} are.`);
  }
  for (const [name, [isNeeded, rule, holds]] of Object.entries(fields)) {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (given === undefined ? !isNeeded : holds(given)) continue;
    throw new InvalidInput(`${place}.${name} must be ${rule}; given was ${show(given)}.`);
  }
}

/** A value for a message, cut where it is long. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function areHeaders(value: unknown): boolean {
  if (!isObject(value) || !Object.values(value as object).every(isText)) return false;
  try {
    new Headers(value as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

function isFate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { fail, hang, subJobStatus, ...rest } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(rest).length > 0) return false;
  if (hang === true) return fail === undefined && (subJobStatus === undefined || isText(subJobStatus));
  if (!isObject(fail) || subJobStatus !== undefined) return false;
  const { code, message, servers, ...others } = fail as Readonly<Record<string, unknown>>;
  const areServers = servers === undefined || (Array.isArray(servers) && servers.every(isText));
  return isText(code) && isText(message) && areServers && Object.keys(others).length === 0;
}
