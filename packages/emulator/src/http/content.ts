import type { IncomingRequest } from "./message.ts";
import { gatewayRefusal, iamRefusal, type Refusal, serviceRefusal } from "./refusal.ts";
import type { Route } from "./route.ts";
import type { Match } from "./router.ts";
import { type RequestContent, requestProblems } from "./validate.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The contract bounds every list and every text, so that no body that it allows comes near. Without this a body of 12 MB
 * could break millions of rules, each of which would be written down.
 */
const mostValues = 100_000;

/**
 * Decodes a request and holds it against the contract.
 *
 * @throws Refusal 400 that names every field and rule that is broken.
 */
export function readContent({ route, path }: Match, request: IncomingRequest): RequestContent {
  const content: RequestContent = {
    path: Object.fromEntries(Object.entries(path).map(([name, value]) => [name, decode(value)])),
    query: readQuery(route, request.query),
    body: route.hasBody ? readBody(route, request.body) : undefined,
  };
  const problems = requestProblems(route, content);
  if (problems.length > 0) throw badRequest(route, `${problems.join("; ")}.`);
  return content;
}

function badRequest(route: Route, message: string): Refusal {
  return route.service === "iam"
    ? iamRefusal(route, 400, `Request is invalid: ${message}`)
    : serviceRefusal(route, 400, message);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw gatewayRefusal(400, "APIGW.0201", "The path is not valid percent-encoding.");
  }
}

/** The query parameters that the contract knows, with its defaults; others are ignored, as HTTP services do. */
function readQuery(route: Route, raw: string): Record<string, unknown> {
  if (route.query.length === 0) return {};
  const given = new URLSearchParams(raw);
  const query: Record<string, unknown> = {};
  for (const { name, type, default: byDefault } of route.query) {
    const values = given.getAll(name);
    if (values.length > 1) throw badRequest(route, `query/${name} must be given once.`);
    const [value] = values;
    const read = value === undefined ? byDefault : typedValue(value, type);
    if (read !== undefined) query[name] = read;
  }
  return query;
}

/** A text of the query as the type that the contract gives it; left as it is where it is none of that type. */
function typedValue(text: string, type: unknown): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function readBody(route: Route, bytes: Uint8Array): unknown {
  if (bytes.length === 0 && !route.needsBody) return undefined;
  if (bytes.length === 0) throw badRequest(route, "body must not be empty.");
  if (bytes.length > mostValues && valuesIn(bytes) > mostValues)
    throw badRequest(route, `body must not have more than ${mostValues} values.`);
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw badRequest(route, "body must be JSON in UTF-8.");
  }
}

/** At most how many values there are: there is a comma between every two, and there may be more in texts. */
function valuesIn(bytes: Uint8Array): number {
  let commas = 0;
  for (const byte of bytes) if (byte === 0x2c) commas += 1;
  return commas + 1;
}
