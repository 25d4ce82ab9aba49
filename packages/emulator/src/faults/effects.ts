import {
  type Fields,
  isCount,
  isFlag,
  isNumber,
  isObject,
  isOneOf,
  isText,
  isTexts,
  needed,
  optional,
} from "../check-fields.ts";
import type { Route } from "../http/route.ts";
import type { Fault, FaultEffect } from "./fault.ts";
import { startsJob } from "./starts-job.ts";

/** What the emulator knows about a type of effect. */
export interface EffectFacts {
  /** What the caller sees, for whoever asks what there is. */
  readonly says: string;
  readonly example: Fault;
  readonly fields: Fields;
  /** Whether it can hit an operation. */
  suits(route: Route): boolean;
}

/** A timer of the platform takes no more, in milliseconds. */
const longestDelay = 2 ** 31 - 1;
const milliseconds = (value: unknown) => isNumber(value) && Number(value) <= longestDelay;
const msRule = `milliseconds, at most ${longestDelay}`;
const flag = "true or false";

const all = () => true;
const reads = ({ service, method }: Route) => service !== "iam" && method === "GET";
const lists = (route: Route) => reads(route) && route.query.some(({ name }) => name === "limit");
const looksAtState = (route: Route) => reads(route) || Object.keys(route.preconditions).length > 0;

const image = { operation: "RecreateServerImage" };

/** Every type of effect. */
export const effects: Readonly<Record<FaultEffect["type"], EffectFacts>> = {
  cut: {
    says: "the connection breaks: before the work is done, after it, or with the work done workAfterMs later",
    example: { ...image, effect: { type: "cut", afterWork: false, workAfterMs: 20_000 } },
    fields: { afterWork: needed(flag, isFlag), workAfterMs: optional(msRule, milliseconds) },
    suits: all,
  },
  replay: {
    says: "the request arrives twice; the caller gets the second answer, or the first one; with afterMs, the second arrives later",
    example: { ...image, effect: { type: "replay" } },
    fields: {
      answer: optional("first or second", isOneOf(["first", "second"])),
      afterMs: optional(msRule, milliseconds),
    },
    suits: all,
  },
  answer: {
    says: "this answer, before the work is done or after it",
    example: { effect: { type: "answer", status: 503, body: {}, headers: { "Retry-After": "5" }, afterWork: true } },
    fields: {
      status: needed(
        "a status from 200 to 599",
        (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
      ),
      body: optional("anything", all),
      headers: optional("an object of names and texts that HTTP allows", areHeaders),
      afterWork: optional(flag, isFlag),
    },
    suits: all,
  },
  delay: {
    says: "a slow answer, in milliseconds of real time",
    example: { effect: { type: "delay", ms: 5_000 } },
    fields: { ms: needed(msRule, milliseconds), afterWork: optional(flag, isFlag) },
    suits: all,
  },
  body: {
    says: "an answer that is cut short, a page of HTML, or nothing; the work is done",
    example: { operation: "ListImageServers", effect: { type: "body", body: "truncated" } },
    fields: { body: needed("truncated, html or empty", isOneOf(["truncated", "html", "empty"])) },
    suits: all,
  },
  throttle: {
    says: "429 in the words of the gateway for more calls than this in so many seconds of the emulator's clock",
    example: { effect: { type: "throttle", requests: 3, perSeconds: 60, retryAfter: 5 } },
    fields: {
      requests: needed("a number from 0", isNumber),
      perSeconds: needed("a number of seconds", isNumber),
      retryAfter: optional("a number of seconds", isNumber),
    },
    suits: all,
  },
  job: {
    says: "the job that the call starts fails, in part if servers are named, never ends, or its agents register late",
    example: { ...image, effect: { type: "job", fate: { fail: { code: "WKS.00211401", message: "It failed." } } } },
    fields: {
      fate: needed("{ fail: { code, message, servers } }, { hang: true, subJobStatus } or { registerAfterMs }", isFate),
    },
    suits: ({ operationId }) => startsJob(operationId),
  },
  lag: {
    says: "what was there so long ago is seen; where an operation needs a server in a state, the old state decides",
    example: { operation: "ShowImageServer", effect: { type: "lag", ms: 60_000 } },
    fields: { ms: needed("milliseconds", isNumber) },
    suits: looksAtState,
  },
  hide: {
    says: "records are not shown, and 404 when asked for: for their first milliseconds, so long after a job has ended, or never",
    example: { operation: "ShowImageJob", effect: { type: "hide", forFirstMs: 10_000, afterEndMs: 600_000 } },
    fields: { forFirstMs: optional("milliseconds", isNumber), afterEndMs: optional("milliseconds", isNumber) },
    suits: reads,
  },
  lateResult: {
    says: "a job is SUCCESS for so long without the part that holds its result, or without the id in it",
    example: { operation: "ShowImageJob", effect: { type: "lateResult", ms: 20_000, lacks: "part" } },
    fields: { ms: needed("milliseconds", isNumber), lacks: needed("part or resource", isOneOf(["part", "resource"])) },
    suits: reads,
  },
  name: {
    says: "what a job makes bears the name of its image server, or its own in capital letters",
    example: { operation: "ListImageSubJobs", effect: { type: "name", form: "server" } },
    fields: { form: needed("server or upper", isOneOf(["server", "upper"])) },
    suits: reads,
  },
  fields: {
    says: "fields of records are left out, or show another value; with onlyRunning until the job has ended",
    example: {
      operation: "ListImageSubJobs",
      effect: { type: "fields", omit: ["resource_name", "begin_time"], set: { resource_id: "" }, onlyRunning: true },
    },
    fields: {
      omit: optional("a list of names", isTexts),
      set: optional("an object of names and values", isObject),
      onlyRunning: optional(flag, isFlag),
    },
    suits: reads,
  },
  times: {
    says: "times in another form: noZone, offset (+08:00), local (UTC+8 without saying so), blank or epoch",
    example: { effect: { type: "times", form: "noZone" } },
    fields: {
      form: needed("noZone, offset, local, blank or epoch", isOneOf(["noZone", "offset", "local", "blank", "epoch"])),
    },
    suits: reads,
  },
  order: {
    says: "lists come oldest first, mixed, or in another order at every call (random)",
    example: { operation: "ListImageJobs", effect: { type: "order", by: "random" } },
    fields: { by: needed("oldest, mixed or random", isOneOf(["oldest", "mixed", "random"])) },
    suits: lists,
  },
  page: {
    says: "a page holds no more items than this, whatever was asked for",
    example: { operation: "ListImageJobs", effect: { type: "page", most: 5 } },
    fields: { most: needed("a whole number from 1", isCount) },
    suits: lists,
  },
};

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
  const { fail, hang, subJobStatus, registerAfterMs, ...rest } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(rest).length > 0) return false;
  if (registerAfterMs !== undefined) return isNumber(registerAfterMs) && Object.keys(value as object).length === 1;
  if (hang === true) return fail === undefined && (subJobStatus === undefined || isText(subJobStatus));
  if (!isObject(fail) || subJobStatus !== undefined) return false;
  const { code, message, servers, ...others } = fail as Readonly<Record<string, unknown>>;
  const areServers = servers === undefined || isTexts(servers);
  return isText(code) && isText(message) && areServers && Object.keys(others).length === 0;
}
