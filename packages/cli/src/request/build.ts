import type { Given } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, Field, Flag } from "../command.ts";
import { readText } from "../files/read-text.ts";
import type { Host } from "../program/host.ts";

/** A request as the client takes it: values by place and by their names on the wire. */
export interface RequestParts {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body?: Record<string, unknown>;
}

/**
 * Makes the request of a command from what was typed. Values are not judged here: the client holds them against the
 * contract. A text that is no number stays a text where a number belongs, so that the client can say so.
 *
 * @throws UsageError for too many positional values, a field that does not exist, or a file that is no JSON object.
 */
export async function buildRequest(command: Command, given: Given, host: Host): Promise<RequestParts> {
  const request: Record<string, Record<string, unknown>> = { path: {}, query: {} };
  const file = given.texts.get("body")?.[0];
  if (command.takesBody) request.body = file === undefined ? {} : await readBody(file, host);
  const rest = [...given.positionals];
  for (const { at, many } of command.positionals) {
    if (many && rest.length > 0) setAt(request, at, rest.splice(0));
    else if (rest.length > 0) setAt(request, at, rest.shift());
  }
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one value too many. A value with spaces needs quotes.`);
  for (const flag of command.flags) {
    const value = flagValue(flag, given) ?? flag.usual;
    if (value !== undefined) setAt(request, flag.at, value);
  }
  if (!command.needsBody && Object.keys(request.body ?? {}).length === 0) delete request.body;
  return request as unknown as RequestParts;
}

function flagValue(flag: Flag, given: Given): unknown {
  if (flag.type === "boolean") return given.switches.get(flag.name);
  const texts = given.texts.get(flag.name);
  if (texts === undefined) return undefined;
  const values = texts.map((text) => (flag.fields === undefined ? convert(flag.type, text) : objectOf(flag, text)));
  return flag.many ? values : values[0];
}

/** Reads `account=administrator,domain=corp` or a JSON object. A comma within a value is written `\,`. */
function objectOf(flag: Flag, text: string): Record<string, unknown> {
  const fields = flag.fields ?? [];
  const given = text.startsWith("{") ? parseObject(text, `--${flag.name}`) : fieldsOf(flag, fields, text);
  const constants = fields.filter((field) => field.only !== undefined).map((field) => [field.name, field.only]);
  return { ...Object.fromEntries(constants), ...given };
}

function fieldsOf(flag: Flag, fields: readonly Field[], text: string): Record<string, unknown> {
  const parts = text.split(/(?<!\\),/).map((part) => part.replaceAll("\\,", ","));
  return Object.fromEntries(
    parts.map((part) => {
      const [name, ...value] = part.split("=");
      const field = fields.find((known) => known.name === name);
      if (field === undefined || value.length === 0) {
        const names = fields.map((known) => known.name).join(", ");
        throw new UsageError(
          `--${flag.name} takes name=value,name=value with the names ${names}; given was ${JSON.stringify(part)}.`,
        );
      }
      return [field.name, convert(field.type, value.join("="))];
    }),
  );
}

function convert(type: Flag["type"], text: string): unknown {
  if (type === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}

async function readBody(file: string, host: Host): Promise<Record<string, unknown>> {
  return parseObject(await readText("--body", file, host), `--body ${file}`);
}

function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${where}: this is not JSON.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${where}: a JSON object is needed.`);
  return value as Record<string, unknown>;
}

/** Puts a value where a path leads, through objects that are made on the way. */
export function setAt(target: Record<string, unknown>, at: readonly string[], value: unknown): void {
  const last = at.at(-1) ?? "";
  let inner = target;
  for (const key of at.slice(0, -1)) {
    const next = inner[key];
    inner[key] = typeof next === "object" && next !== null ? next : {};
    inner = inner[key] as Record<string, unknown>;
  }
  inner[last] = value;
}
