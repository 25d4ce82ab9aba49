import { documentedErrors } from "../generated/contract.ts";
import * as validators from "../generated/validators.ts";
import type { Route } from "./route.ts";

interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** More are counted and not named: a body of a million wrong items must not make an answer of their size. */
const mostProblems = 10;
const longestName = 100;

const errors: ReadonlySet<string> = new Set(documentedErrors.map(([status, code]) => `${status} ${code}`));
const compiled = validators as unknown as Readonly<Record<string, Validator>>;

/** What a request says, decoded. */
export interface RequestContent {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The rules of the contract that a request breaks, in words that name the field. */
export function requestProblems(route: Route, content: RequestContent): string[] {
  const problems = problemsOf(`request_${route.operationId}`, content);
  if (problems.length > 0) return problems;
  return route.uniqueBy
    .filter(({ pointer, key }) => hasTwins(content.body, pointer, key))
    .map(({ pointer, key }) => `body${pointer} must not contain the same ${key} twice`);
}

/** The rules of the contract that an answer breaks; an undocumented status is one, and an undocumented code. */
export function answerProblems(route: Route, status: number, body: unknown): string[] {
  const name = route.answers[status];
  if (name === undefined) return [`status ${status} is not documented`];
  if (name === null) return body === undefined ? [] : ["a body where none is documented"];
  return [...problemsOf(name, body), ...(status < 400 ? [] : errorProblems(route, status, body))];
}

/** The schema of an error requires no field. An answer of this emulator has to say what is wrong, and by its code. */
function errorProblems({ service }: Route, status: number, body: unknown): string[] {
  const { error_code, error_msg, error } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (service === "iam" && error_code === undefined) {
    const { code, message, title } = (error ?? {}) as Readonly<Record<string, unknown>>;
    return code === status && message && title ? [] : ["an error of IAM without its status, message and title"];
  }
  if (service === "ims" && error_code === undefined) {
    const { code, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
    return errors.has(`${status} ${code}`) && message ? [] : ["an error of the image service without a known code"];
  }
  if (!errors.has(`${status} ${error_code}`)) return [`code ${error_code} is not documented for status ${status}`];
  return error_msg ? [] : ["an error without a message"];
}

function problemsOf(name: string, data: unknown): string[] {
  const validator = compiled[name];
  if (validator === undefined || validator(data)) return [];
  const errors = validator.errors ?? [];
  const problems = errors.slice(0, mostProblems).map(inWords);
  return errors.length > mostProblems ? [...problems, `${errors.length - mostProblems} more`] : problems;
}

function inWords({ instancePath, message, keyword, params }: SchemaError): string {
  const field = instancePath === "" ? "the request" : shorten(instancePath.slice(1));
  const detail = keyword === "additionalProperties" ? ` (${shorten(String(params.additionalProperty))})` : "";
  return `${field} ${message ?? keyword}${detail}`;
}

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

function hasTwins(body: unknown, pointer: string, key: string): boolean {
  const list = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name], body);
  if (!Array.isArray(list)) return false;
  return new Set(list.map((item: Readonly<Record<string, unknown>>) => item[key])).size < list.length;
}
